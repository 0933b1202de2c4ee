//! Cyclic redundancy checks, with the parameters of the catalogue of CRC algorithms.

use ::crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc, Digest, Table};

use super::Hasher;

/// Tables to look up 16 bytes at once.
type Tables = Table<16>;

static ISO_HDLC: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISO_HDLC);
static ISCSI: Crc<u32, Tables> = Crc::<u32, Tables>::new(&CRC_32_ISCSI);
static NVME: Crc<u64, Tables> = Crc::<u64, Tables>::new(&CRC_64_NVME);

/// Starts a CRC-32/ISO-HDLC.
pub fn crc_32() -> Box<dyn Hasher> {
    Box::new(ISO_HDLC.digest())
}

/// Starts a CRC-32/ISCSI.
pub fn crc_32c() -> Box<dyn Hasher> {
    Box::new(ISCSI.digest())
}

/// Starts a CRC-64/NVME.
pub fn crc_64_nvme() -> Box<dyn Hasher> {
    Box::new(NVME.digest())
}

impl Hasher for Digest<'static, u32, Tables> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.clone().finalize().to_be_bytes().to_vec()
    }
}

impl Hasher for Digest<'static, u64, Tables> {
    fn update(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }

    fn digest(&self) -> Vec<u8> {
        self.clone().finalize().to_be_bytes().to_vec()
    }
}
