//! Takes the pictures of the pages that the READMEs show, and measures the gallery: `cargo run -p edge-tests
//! --bin screenshots`.

use edge_tests::{Cache, application, chromium, node, output, root};

fn main() {
    let (Some(mut program), Some(browser), Some(cache)) =
        (node("screenshots.mjs"), chromium(), Cache::of_gallery(application()))
    else {
        std::process::exit(1);
    };
    let url = format!("http://{}", application().authority());
    let gallery = format!("http://{}", cache.address());
    let folder = root().join("assets/screenshots");
    print!("{}", output(program.arg(browser).args([&url, &gallery]).arg(&folder)));
    println!("{}", folder.display());
}
