//! /health: whether the application is up.

pub mod handler;

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{IncomingRequest, ResponseOutparam};
    use spin_sdk::http_component;

    use crate::handler::Health;

    #[http_component]
    async fn serve(request: IncomingRequest, out: ResponseOutparam) {
        edge_web::spin::serve(&Health, request, out).await;
    }
}
