//! Cyclic redundancy checks, by the names of the catalogue of parametrised CRC algorithms.

use ::crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc, Digest, Table};

use super::Hasher;

/// 16 bytes are looked up at once.
type Tables = Table<16>;

static ISO_HDLC: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISO_HDLC);
static ISCSI: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISCSI);
static NVME: Crc<u64, Tables> = Crc::<u64, Tables>::new(&CRC_64_NVME);

/// CRC-32/ISO-HDLC.
pub struct Crc32(Digest<'static, u32, Tables>);

/// CRC-32/ISCSI.
pub struct Crc32c(Digest<'static, u32, Tables>);

/// CRC-64/NVME.
pub struct Crc64Nvme(Digest<'static, u64, Tables>);

impl Default for Crc32 {
    fn default() -> Self {
        Self(ISO_HDLC.digest())
    }
}

impl Default for Crc32c {
    fn default() -> Self {
        Self(ISCSI.digest())
    }
}

impl Default for Crc64Nvme {
    fn default() -> Self {
        Self(NVME.digest())
    }
}

impl Hasher for Crc32 {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.clone().finalize().to_be_bytes().to_vec()
    }
}

impl Hasher for Crc32c {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.clone().finalize().to_be_bytes().to_vec()
    }
}

impl Hasher for Crc64Nvme {
    fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.0.clone().finalize().to_be_bytes().to_vec()
    }
}
