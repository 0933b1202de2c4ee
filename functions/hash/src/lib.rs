//! /hash: digests of a body or of a remote resource.

pub mod handler;
mod list;
mod task;

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{IncomingRequest, ResponseOutparam};
    use spin_sdk::http_component;

    use crate::handler::Hash;

    #[http_component]
    async fn serve(request: IncomingRequest, out: ResponseOutparam) {
        edge_web::spin::serve(&Hash, request, out).await;
    }
}
