//! Any text as a pipeline: read or refused, and what is read has a canonical form that reads as
//! the same pipeline.

#![no_main]

use edge_core::image::{Colour, Defaults, Pipeline, Radius};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for background in [None, Some(Colour::WHITE)] {
        let radius = Radius::new(5).expect("in range");
        let defaults = Defaults { radius, background, ..Defaults::default() };
        let Ok(pipeline) = Pipeline::parse(text.split('/'), &defaults) else { continue };
        let canonical = pipeline.to_string();
        assert_eq!(Pipeline::parse(canonical.split('/'), &defaults), Ok(pipeline), "{canonical}");
    }
});
