//! The component in wasmtime, by what `bindgen!` makes of its WIT package.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use edge_tests::{output, root};
use wasmtime::component::{Component, Linker, ResourceAny};
use wasmtime::{Engine, ResourceLimiter, Store};

use self::bindings::Functions;
use self::bindings::exports::edge::functions::hash;
use self::bindings::exports::edge::functions::image::{Encoding, Error as ImageError};
use self::bindings::exports::edge::functions::text::{Error as TextError, LetterCase, Options};

#[allow(missing_docs)]
pub mod bindings {
    wasmtime::component::bindgen!({
        path: "../bindings/component/wit",
        world: "functions",
        additional_derives: [PartialEq],
    });
}

/// The component's file, made by its command.
pub fn file() -> &'static Path {
    static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
        let mut cargo = edge_host::outside_cargo("cargo");
        output(cargo.args(["xtask", "component"]).current_dir(root()));
        root().join("target/component/edge_functions.wasm")
    });
    &FILE
}

pub static COMPONENT: LazyLock<Component> =
    LazyLock::new(|| Component::from_file(&Engine::default(), file()).unwrap());

/// An instance of the component.
pub struct Instance {
    store: Store<Memory>,
    functions: Functions,
}

/// The memory of an instance, in bytes.
struct Memory {
    limit: usize,
    size: usize,
}

impl ResourceLimiter for Memory {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let granted = desired <= self.limit;
        if granted {
            self.size = desired;
        }
        Ok(granted)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        _desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        Ok(true)
    }
}

/// No format, quality or background asked for.
pub const KEPT: Encoding = Encoding { format: None, quality: None, background: None };

impl Instance {
    pub fn new() -> Self {
        Self::with_memory(usize::MAX)
    }

    /// An instance whose memory cannot grow past so many bytes.
    pub fn with_memory(bytes: usize) -> Self {
        let mut store = Store::new(COMPONENT.engine(), Memory { limit: bytes, size: 0 });
        store.limiter(|memory| memory);
        // The linker has nothing: the component asks for nothing.
        let linker = Linker::new(COMPONENT.engine());
        let functions = Functions::instantiate(&mut store, &COMPONENT, &linker).unwrap();
        Self { store, functions }
    }

    /// The size of the memory, in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.store.data().size
    }

    pub fn algorithms(&mut self) -> Vec<hash::Algorithm> {
        self.functions.edge_functions_hash().call_algorithms(&mut self.store).unwrap()
    }

    pub fn hasher(
        &mut self,
        algorithm: &str,
        key: Option<&[u8]>,
    ) -> Result<ResourceAny, hash::Error> {
        let hasher = self.functions.edge_functions_hash().hasher();
        hasher.call_open(&mut self.store, algorithm, key).unwrap()
    }

    pub fn update(&mut self, hasher: ResourceAny, bytes: &[u8]) {
        let interface = self.functions.edge_functions_hash().hasher();
        interface.call_update(&mut self.store, hasher, bytes).unwrap();
    }

    pub fn digest(&mut self, hasher: ResourceAny) -> Vec<u8> {
        self.functions.edge_functions_hash().hasher().call_digest(&mut self.store, hasher).unwrap()
    }

    pub fn hex(&mut self, hasher: ResourceAny) -> String {
        self.functions.edge_functions_hash().hasher().call_hex(&mut self.store, hasher).unwrap()
    }

    pub fn convert(
        &mut self,
        text: &str,
        to: LetterCase,
        locale: Option<&str>,
    ) -> Result<String, TextError> {
        let interface = self.functions.edge_functions_text();
        interface.call_convert(&mut self.store, text, to, locale).unwrap()
    }

    pub fn converter(&mut self, options: &Options) -> Result<ResourceAny, TextError> {
        let converter = self.functions.edge_functions_text().converter();
        converter.call_open(&mut self.store, options).unwrap()
    }

    pub fn push(&mut self, converter: ResourceAny, chunk: &[u8]) -> Result<Vec<u8>, TextError> {
        let interface = self.functions.edge_functions_text().converter();
        interface.call_push(&mut self.store, converter, chunk).unwrap()
    }

    pub fn finish(&mut self, converter: ResourceAny) -> Result<Vec<u8>, TextError> {
        let interface = self.functions.edge_functions_text().converter();
        interface.call_finish(&mut self.store, converter).unwrap()
    }

    pub fn transform(
        &mut self,
        file: &[u8],
        pipeline: &str,
        encoding: &Encoding,
    ) -> Result<Vec<u8>, ImageError> {
        let interface = self.functions.edge_functions_image();
        interface.call_transform(&mut self.store, file, pipeline, encoding, None).unwrap()
    }

    /// One frame of an animation.
    pub fn transform_frame(
        &mut self,
        file: &[u8],
        pipeline: &str,
        frame: u32,
        encoding: &Encoding,
    ) -> Result<Vec<u8>, ImageError> {
        let interface = self.functions.edge_functions_image();
        interface.call_transform(&mut self.store, file, pipeline, encoding, Some(frame)).unwrap()
    }

    pub fn decode(&mut self, file: &[u8]) -> Result<ResourceAny, ImageError> {
        let image = self.functions.edge_functions_image().image();
        image.call_decode(&mut self.store, file).unwrap()
    }

    pub fn image_of(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
    ) -> Result<ResourceAny, ImageError> {
        let image = self.functions.edge_functions_image().image();
        image.call_from_rgba(&mut self.store, rgba, width, height).unwrap()
    }

    pub fn size(&mut self, image: ResourceAny) -> (u32, u32) {
        let interface = self.functions.edge_functions_image().image();
        let width = interface.call_width(&mut self.store, image).unwrap();
        (width, interface.call_height(&mut self.store, image).unwrap())
    }

    pub fn apply(&mut self, image: ResourceAny, pipeline: &str) -> Result<(), ImageError> {
        let interface = self.functions.edge_functions_image().image();
        interface.call_apply(&mut self.store, image, pipeline).unwrap()
    }

    pub fn rgba(&mut self, image: ResourceAny) -> Result<Vec<u8>, ImageError> {
        self.functions.edge_functions_image().image().call_rgba(&mut self.store, image).unwrap()
    }

    pub fn encode(
        &mut self,
        image: ResourceAny,
        encoding: &Encoding,
    ) -> Result<Vec<u8>, ImageError> {
        let interface = self.functions.edge_functions_image().image();
        interface.call_encode(&mut self.store, image, encoding).unwrap()
    }

    pub fn drop(&mut self, resource: ResourceAny) {
        resource.resource_drop(&mut self.store).unwrap();
    }
}
