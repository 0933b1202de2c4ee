//! Takes the pictures of the page that the README shows: `cargo run -p edge-tests --bin screenshots`.

use edge_tests::{application, chromium, node, output, root};

fn main() {
    let (Some(mut program), Some(browser)) = (node("screenshots.mjs"), chromium()) else {
        std::process::exit(1);
    };
    let url = format!("http://{}", application().authority());
    let folder = root().join("assets/screenshots");
    output(program.arg(browser).arg(&url).arg(&folder));
    println!("{}", folder.display());
}
