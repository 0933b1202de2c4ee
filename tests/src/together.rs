//! Futures at once. A library's would give packages of the host other features than `cargo up` builds
//! them with.

use std::future::poll_fn;
use std::task::Poll;

/// What each of the futures comes to, in their order, all of them running at once.
pub async fn together<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(|future| Some(Box::pin(future))).collect();
    let mut outputs: Vec<_> = running.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (future, output) in running.iter_mut().zip(&mut outputs) {
            let polled = future.as_mut().map(|future| future.as_mut().poll(context));
            if let Some(Poll::Ready(ready)) = polled {
                *output = Some(ready);
                *future = None;
            }
        }
        if running.iter().any(Option::is_some) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    outputs.into_iter().flatten().collect()
}
