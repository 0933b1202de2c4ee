//! The playground: the files below site/.

pub mod handler;
mod policy;

#[cfg(target_arch = "wasm32")]
mod component {
    use spin_sdk::http::{IncomingRequest, ResponseOutparam};
    use spin_sdk::http_component;

    use crate::handler::Site;

    #[http_component]
    async fn serve(request: IncomingRequest, out: ResponseOutparam) {
        edge_web::spin::serve(&Site { root: "/" }, request, out).await;
    }
}
