//! The core module, as any engine finds it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use edge_tests::{output, root};
use wasmtime::{Engine, Instance, Memory, Module, Store, StoreLimits, StoreLimitsBuilder};

/// The numbers of the module's statuses.
const DONE: i32 = 0;
const NULL: i32 = 1;
const OUT_OF_RANGE: i32 = 2;
const NOT_UTF_8: i32 = 3;
const NOT_PIXELS: i32 = 4;
const RADIUS: i32 = 5;
const EXHAUSTED: i32 = 6;

/// FNV-1a 64 of no bytes.
const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// Bytes in a page of memory.
const PAGE: usize = 65536;

/// The module.
static MODULE: LazyLock<Module> =
    LazyLock::new(|| Module::from_file(&Engine::default(), build()).unwrap());

/// Builds the module, with the command that its documentation gives; its file.
pub fn build() -> &'static Path {
    const TARGET: &str = "wasm32-unknown-unknown";
    static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
        let run = |program: &str, arguments: &[&str]| {
            output(edge_host::outside_cargo(program).args(arguments).current_dir(root()));
        };
        run("rustup", &["target", "add", TARGET]);
        run("cargo", &["build", "--package", "edge-c-abi", "--target", TARGET, "--release"]);
        root().join("target").join(TARGET).join("release/edge_c_abi.wasm")
    });
    &FILE
}

/// An instance, called as a host would.
struct Host {
    store: Store<StoreLimits>,
    instance: Instance,
    memory: Memory,
}

impl Host {
    fn new() -> Self {
        Self::with_memory(usize::MAX)
    }

    /// An instance whose memory cannot grow past so many bytes.
    fn with_memory(bytes: usize) -> Self {
        let limits = StoreLimitsBuilder::new().memory_size(bytes).build();
        let mut store = Store::new(MODULE.engine(), limits);
        store.limiter(|limits| limits);
        let instance = Instance::new(&mut store, &MODULE, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        Self { store, instance, memory }
    }

    fn call<P: wasmtime::WasmParams, R: wasmtime::WasmResults>(
        &mut self,
        name: &str,
        arguments: P,
    ) -> R {
        let function = self.instance.get_typed_func(&mut self.store, name).unwrap();
        function.call(&mut self.store, arguments).unwrap()
    }

    fn allocate(&mut self, size: u32) -> u32 {
        self.call("allocate", size)
    }

    /// A buffer with these bytes.
    fn lend(&mut self, bytes: &[u8]) -> (u32, u32) {
        let size = bytes.len() as u32;
        let start = self.allocate(size);
        assert_ne!(start, 0);
        self.memory.write(&mut self.store, start as usize, bytes).unwrap();
        (start, size)
    }

    fn read(&mut self, (start, length): (u32, u32)) -> Vec<u8> {
        self.memory.data(&self.store)[start as usize..][..length as usize].to_vec()
    }

    fn deallocate(&mut self, buffer: (u32, u32)) {
        self.call("deallocate", buffer)
    }

    /// The processed text, which is freed, or the status.
    fn process(&mut self, text: (u32, u32)) -> Result<String, i32> {
        let packed: u64 = self.call("process_string", text);
        let buffer = ((packed >> 32) as u32, packed as u32);
        if buffer.0 == 0 {
            return Err(buffer.1 as i32);
        }
        let processed = String::from_utf8(self.read(buffer)).unwrap();
        self.deallocate(buffer);
        Ok(processed)
    }

    fn hash(&mut self, bytes: (u32, u32)) -> u64 {
        self.call("fnv1a_hash", bytes)
    }

    fn grayscale(&mut self, rgba: (u32, u32)) -> i32 {
        self.call("grayscale", rgba)
    }

    fn box_blur(&mut self, (start, length): (u32, u32), size: (u32, u32), radius: u32) -> i32 {
        self.call("box_blur", (start, length, size.0, size.1, radius))
    }

    fn memory_bytes(&self) -> usize {
        self.memory.data_size(&self.store)
    }
}

/// Bytes that tell where they are.
fn pattern(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[test]
fn it_imports_nothing_and_exports_numbers() {
    assert_eq!(MODULE.imports().count(), 0);
    let functions: Vec<_> = MODULE
        .exports()
        .filter_map(|export| {
            let function = export.ty().func()?.clone();
            let parameters: Vec<_> = function.params().map(|value| value.to_string()).collect();
            let results: Vec<_> = function.results().map(|value| value.to_string()).collect();
            let (parameters, results) = (parameters.join(" "), results.join(" "));
            Some(format!("{}({parameters}) {results}", export.name()))
        })
        .collect();
    for expected in [
        "allocate(i32) i32",
        "deallocate(i32 i32) ",
        "process_string(i32 i32) i64",
        "fnv1a_hash(i32 i32) i64",
        "grayscale(i32 i32) i32",
        "box_blur(i32 i32 i32 i32 i32) i32",
    ] {
        assert!(functions.iter().any(|function| function == expected), "{functions:?}");
    }
    assert_eq!(functions.len(), 6, "{functions:?}");
    assert!(MODULE.get_export("memory").is_some_and(|export| export.memory().is_some()));
}

#[test]
fn each_call_does_what_it_says() {
    let mut host = Host::new();
    let text = host.lend("straße".as_bytes());
    assert_eq!(host.process(text).unwrap(), "Processed: STRASSE");
    assert_eq!(host.read(text), "straße".as_bytes());
    let hello = host.lend(b"hello");
    assert_eq!(host.hash(hello), 0xa430_d846_80aa_bd0b);
    let pixel = host.lend(&[10, 20, 30, 40]);
    assert_eq!(host.grayscale(pixel), DONE);
    assert_eq!(host.read(pixel), [18, 18, 18, 40]);
    let row = host.lend(&[0, 3, 6, 255, 8, 5, 2, 255]);
    assert_eq!(host.box_blur(row, (2, 1), 1), DONE);
    assert_eq!(host.read(row), [4, 4, 4, 255, 4, 4, 4, 255]);
}

#[test]
fn no_bytes_are_no_bytes_wherever_they_are() {
    let mut host = Host::new();
    let length = host.memory_bytes() as u32;
    for start in [0, 1, length, u32::MAX] {
        let nothing = (start, 0);
        assert_eq!(host.process(nothing).unwrap(), "Processed: ");
        assert_eq!(host.hash(nothing), OFFSET_BASIS);
        assert_eq!(host.grayscale(nothing), NOT_PIXELS);
        assert_eq!(host.box_blur(nothing, (0, 0), 0), NOT_PIXELS);
        host.deallocate(nothing);
    }
    assert_eq!(host.allocate(0), 0);
    host.deallocate((0, 7));
}

/// What all calls do with bytes that they cannot read.
fn check_unreadable(host: &mut Host, bytes: (u32, u32), status: i32) {
    assert_eq!(host.process(bytes), Err(status), "{bytes:?}");
    assert_eq!(host.hash(bytes), 0, "{bytes:?}");
    assert_eq!(host.grayscale(bytes), status, "{bytes:?}");
    assert_eq!(host.box_blur(bytes, (1, 1), 0), status, "{bytes:?}");
}

#[test]
fn bytes_that_are_not_there_are_refused() {
    let mut host = Host::new();
    let end = host.memory_bytes() as u32;
    for length in [1, 4, i32::MAX as u32, u32::MAX] {
        check_unreadable(&mut host, (0, length), NULL);
    }
    for (start, length) in [
        (end, 1),
        (end - 3, 4),
        (1, end),
        (8, i32::MAX as u32 + 1),
        (8, u32::MAX),
        (u32::MAX, 1),
        (u32::MAX - 3, 4),
        (u32::MAX, u32::MAX),
    ] {
        check_unreadable(&mut host, (start, length), OUT_OF_RANGE);
    }
    assert_ne!(host.hash((end - 4, 4)), 0);
}

#[test]
fn text_that_is_not_utf_8_is_refused() {
    let mut host = Host::new();
    for bytes in [&b"\xff\xfe"[..], b"a\xc3", b"\xed\xa0\x80"] {
        let text = host.lend(bytes);
        assert_eq!(host.process(text), Err(NOT_UTF_8), "{bytes:?}");
        host.deallocate(text);
    }
}

#[test]
fn what_is_no_picture_is_refused_and_left_alone() {
    let mut host = Host::new();
    let picture = pattern(64);
    let rgba = host.lend(&picture);
    for length in [1, 2, 3, 5, 63] {
        assert_eq!(host.grayscale((rgba.0, length)), NOT_PIXELS, "{length}");
    }
    for size in [(4, 3), (4, 5), (0, 16), (16, 0), (1 << 16, 1 << 16), (u32::MAX, u32::MAX)] {
        assert_eq!(host.box_blur(rgba, size, 1), NOT_PIXELS, "{size:?}");
    }
    for radius in [128, 256, 257, i32::MAX as u32, u32::MAX] {
        assert_eq!(host.box_blur(rgba, (4, 4), radius), RADIUS, "{radius}");
    }
    assert_eq!(host.read(rgba), picture);
    assert_eq!(host.box_blur(rgba, (4, 4), 0), DONE);
    assert_eq!(host.read(rgba), picture);
    assert_eq!(host.box_blur(rgba, (4, 4), 127), DONE);
}

#[test]
fn a_buffer_that_cannot_be_had_is_null() {
    let mut host = Host::with_memory(32 * PAGE);
    for size in [32 * PAGE as u32, i32::MAX as u32, i32::MAX as u32 + 1, u32::MAX] {
        assert_eq!(host.allocate(size), 0, "{size}");
    }
    assert_ne!(host.allocate(8 * PAGE as u32), 0);
}

/// An instance whose memory is all allocated but for one gap, and a buffer with these bytes.
fn nearly_exhausted(bytes: &[u8], gap: u32) -> (Host, (u32, u32)) {
    let mut host = Host::with_memory(32 * PAGE);
    let buffer = host.lend(bytes);
    let start = host.allocate(gap);
    for size in [PAGE as u32, 1024, 64, 8, 1] {
        while host.allocate(size) != 0 {}
    }
    host.deallocate((start, gap));
    (host, buffer)
}

/// Calls with ever larger gaps in the memory. In the small ones there has to be a status and nothing
/// changed, in all others an answer; gives the size of the first of these, in KiB.
fn first_gap_that_suffices(bytes: &[u8], call: impl Fn(&mut Host, (u32, u32)) -> i32) -> usize {
    let done = |gap: u32| {
        let (mut host, buffer) = nearly_exhausted(bytes, gap * 1024);
        let status = call(&mut host, buffer);
        assert!([DONE, EXHAUSTED].contains(&status), "{status} with {gap} KiB");
        assert!(status == DONE || host.read(buffer) == bytes, "{gap} KiB");
        status == DONE
    };
    let done: Vec<_> = (0..200).map(done).collect();
    let refused = done.iter().take_while(|&done| !done).count();
    assert!(done[refused..].iter().all(|&done| done), "{done:?}");
    refused
}

#[test]
fn exhausted_memory_is_a_status_however_little_is_left() {
    let text = "ß".repeat(5_000);
    let expected = format!("Processed: {}", "S".repeat(10_000));
    let process = |host: &mut Host, text| match host.process(text) {
        Ok(processed) => {
            assert_eq!(processed, expected);
            DONE
        }
        Err(status) => status,
    };
    let gap = first_gap_that_suffices(text.as_bytes(), process);
    assert!((33..150).contains(&gap), "{gap} KiB");

    let picture = pattern(4 * 1000 * 20);
    let blur = |host: &mut Host, rgba| host.box_blur(rgba, (1000, 20), 3);
    let gap = first_gap_that_suffices(&picture, blur);
    assert!((4..150).contains(&gap), "{gap} KiB");
}

#[test]
fn many_calls_leave_the_memory_where_it_was() {
    let mut host = Host::new();
    let mut round = || {
        let text = host.lend("straße, and more of it".as_bytes());
        host.process(text).unwrap();
        host.hash(text);
        assert_eq!(host.box_blur(text, (6, 1), 2), NOT_PIXELS);
        host.deallocate(text);
        let rgba = host.lend(&pattern(64));
        assert_eq!(host.grayscale(rgba), DONE);
        assert_eq!(host.box_blur(rgba, (4, 4), 2), DONE);
        host.deallocate(rgba);
        host.memory_bytes()
    };
    let before = round();
    let after = (0..10_000).map(|_| round()).last();
    assert_eq!(after, Some(before));
}
