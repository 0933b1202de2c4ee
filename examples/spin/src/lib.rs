//! A Spin component that hashes with a component it depends on: `POST /digest` answers with the
//! SHA-256 digest of the body.

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{Request, Response};
    use spin_sdk::http_component;

    use self::bindings::edge::functions::hash::{Error, Hasher};

    /// The interfaces that the dependency exports.
    #[allow(missing_docs, reason = "their documentation is in the WIT package")]
    mod bindings {
        wit_bindgen::generate!({
            path: "../../bindings/component/wit",
            inline: "
                package example:digest;

                world digest {
                    import edge:functions/hash@0.1.0;
                }
            ",
            generate_all,
        });
    }

    #[http_component]
    fn answer(request: Request) -> Response {
        match digest(request.body()) {
            Ok(hex) => Response::new(200, hex),
            Err(error) => Response::new(500, error.to_string()),
        }
    }

    fn digest(message: &[u8]) -> Result<String, Error> {
        let hasher = Hasher::open("sha-256", None)?;
        hasher.update(message);
        Ok(hasher.hex())
    }
}
