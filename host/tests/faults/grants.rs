//! What components may see and reach, and what not.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;

use edge_host::{Application, Options};

use crate::fixture::{Host, limits};

#[test]
fn a_component_sees_its_own_variables_and_environment() {
    let host = Host::with(limits(), &[("greeting", "good day")]);
    let seen = [
        ("/guest/variable?greeting", r#"Ok("good day, world")"#),
        ("/guest/variable?key", r#"Ok("swordfish")"#),
        ("/guest/variable?origin", r#"Err(Error::Undefined("no variable `origin`"))"#),
        ("/bare/variable?key", r#"Err(Error::Undefined("no variable `key`"))"#),
        (
            "/guest/variable?Key",
            r#"Err(Error::InvalidName("`Key` is no name: lower-case letters, digits and underscores"))"#,
        ),
        ("/guest/environment", r#"[("MODE", "test")] []"#),
        ("/bare/environment", "[] []"),
    ];
    for (target, text) in seen {
        assert_eq!(host.text(target), text, "{target}");
    }
}

#[test]
fn a_component_reads_its_own_files_and_writes_none() {
    let host = Host::start();
    assert_eq!(host.text("/guest/read?/files/note.txt"), r#"Ok("granted")"#);
    for path in [
        "/etc/passwd",
        "/files/../spin.toml",
        "/files/../../../Cargo.toml",
        "files/../spin.toml",
        "/spin.toml",
    ] {
        let text = host.text(&format!("/guest/read?{path}"));
        assert!(text.starts_with("Err(Os"), "{path}: {text}");
    }
    let text = host.text("/bare/read?/files/note.txt");
    assert!(text.starts_with("Err(Os"), "{text}");
    for path in ["/files/new.txt", "/files/note.txt"] {
        assert_eq!(host.text(&format!("/guest/write?{path}")), "false", "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_mount_is_refused() {
    let folder = scratch("links");
    let mount = folder.join("mount");
    std::fs::create_dir_all(&mount).expect("a folder");
    std::fs::write(mount.join("inside.txt"), "inside").expect("a file");
    std::fs::write(folder.join("outside.txt"), "outside").expect("a file");
    for (link, target) in [("in", "inside.txt"), ("out", "../outside.txt"), ("root", "/etc/passwd")]
    {
        let link = mount.join(link);
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(target, link).expect("a link");
    }
    // The guest was built by its own manifest's command.
    drop(Host::start());
    let wasm = guest_folder().join("../../target/wasm32-wasip2/release/edge_host_guest.wasm");
    let manifest = format!(
        "spin_manifest_version = 2\n[application]\nname = \"links\"\n\
         [[trigger.http]]\nroute = \"/...\"\ncomponent = \"guest\"\n\
         [component.guest]\nsource = {wasm:?}\nfiles = [{{ source = \"mount\", destination = \"/\" }}]\n"
    );
    let path = folder.join("spin.toml");
    std::fs::write(&path, manifest).expect("a manifest");

    let host = Host::serve(&path, limits(), &[]);
    assert_eq!(host.text("/read?/inside.txt"), r#"Ok("inside")"#);
    assert_eq!(host.text("/read?/in"), r#"Ok("inside")"#);
    for link in ["/out", "/root"] {
        let text = host.text(&format!("/read?{link}"));
        assert!(text.contains("Operation not permitted"), "{link}: {text}");
    }
}

#[test]
fn a_request_goes_only_to_a_granted_host() {
    let granted = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let other = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let origin = format!("http://{}", granted.local_addr().expect("an address"));
    let denied = format!("http://{}", other.local_addr().expect("an address"));
    let host = Host::with(limits(), &[("origin", &origin)]);
    thread::scope(|scope| {
        scope.spawn(|| answer_once(&granted));
        assert_eq!(host.text(&format!("/guest/fetch?{origin}/path")), "204");
    });
    let port = granted.local_addr().expect("an address").port();
    for url in [denied, format!("http://localhost:{port}/"), format!("https://127.0.0.1:{port}/")] {
        let text = host.text(&format!("/guest/fetch?{url}"));
        assert_eq!(text, "ErrorCode::HttpRequestDenied", "{url}");
    }
    host.wait_for_line(
        "guest: denied a request to http://127.0.0.1: not in allowed_outbound_hosts",
    );
    assert_eq!(host.text(&format!("/bare/fetch?{origin}/")), "ErrorCode::HttpRequestDenied");
    for listener in [granted, other] {
        listener.set_nonblocking(true).expect("a listener");
        let nobody = listener.accept().expect_err("no connection");
        assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
    }
}

#[test]
fn without_a_granted_host_every_request_is_denied() {
    let host = Host::start();
    assert_eq!(host.text("/guest/fetch?http://127.0.0.1:1/"), "ErrorCode::HttpRequestDenied");
}

#[test]
fn an_application_that_cannot_be_loaded_says_why() {
    let mut options = Options::new(guest_folder().join("spin.toml"));
    options.variables = vec![("gretting".into(), "hi".into())];
    let error = Application::load(&options).err().expect("an error");
    assert_eq!(
        error.to_string(),
        "there is no variable `gretting`; the application has: greeting, key, origin"
    );
    let error = Application::load(&Options::new("nowhere/spin.toml")).err().expect("an error");
    assert_eq!(error.to_string(), "there is no nowhere/spin.toml");
}

#[test]
fn the_summary_lists_grants_without_secrets() {
    let host = Host::with(limits(), &[("origin", "https://example.org")]);
    let application = host.server.application();
    assert_eq!(application.title(), "edge-host-guest 0.1.0");
    assert_eq!(
        application.summary(),
        "route             component  outbound hosts       files            variables\n\
         /guest/...        guest      https://example.org  files -> /files  greeting, key\n\
         /named/:name/...  guest      https://example.org  files -> /files  greeting, key\n\
         /bare/...         bare       none                 none             none"
    );
}

fn answer_once(listener: &TcpListener) {
    let (mut stream, _) = listener.accept().expect("a connection");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).expect("a request");
        head.extend(byte);
    }
    assert!(head.starts_with(b"GET /path HTTP/1.1\r\n"));
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("the guest reads");
}

fn guest_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("guest")
}

#[cfg(unix)]
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}
