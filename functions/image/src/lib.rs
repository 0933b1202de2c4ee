//! /image: picture operations.

mod description;
pub mod handler;
mod original;
mod preset;
mod task;

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{IncomingRequest, ResponseOutparam};
    use spin_sdk::http_component;

    use crate::handler::Image;

    #[http_component]
    async fn serve(request: IncomingRequest, out: ResponseOutparam) {
        edge_web::spin::serve(&Image, request, out).await;
    }
}
