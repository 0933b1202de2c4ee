//! /uppercase, /lowercase, /titlecase and /casefold: text in another case, streamed.

mod document;
pub mod handler;
mod mapping;
mod stream;
mod task;

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{IncomingRequest, ResponseOutparam};
    use spin_sdk::http_component;

    use crate::handler::Casing;

    #[http_component]
    async fn serve(request: IncomingRequest, out: ResponseOutparam) {
        edge_web::spin::serve(&Casing, request, out).await;
    }
}
