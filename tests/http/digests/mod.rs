//! Digest fields (RFC 9530) on every route.

mod answers;
mod requests;

/// The representations of RFC 9530's appendices, with and without the line's end.
const WORLD: &str = "{\"hello\": \"world\"}";
const WORLD_LINE: &str = "{\"hello\": \"world\"}\n";
