//! Structured fields (RFC 9651).

use http::HeaderMap;
use sfv::{BareItem, Dictionary, Error, Item, ListEntry, Parser};

/// The dictionary that the lines of a field make together; empty where there is none.
pub fn dictionary(headers: &HeaderMap, name: &str) -> Result<Dictionary, Error> {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| line.as_bytes()).collect();
    Parser::new(&lines.join(&b", "[..])).parse()
}

/// The bytes of a field that is one byte sequence, without parameters; `None` where it is not.
pub fn byte_sequence(value: &[u8]) -> Option<Vec<u8>> {
    let item: Item = Parser::new(value).parse().ok()?;
    item.params.is_empty().then_some(())?;
    match item.bare_item {
        BareItem::ByteSequence(bytes) => Some(bytes),
        _ => None,
    }
}

/// The value of a dictionary's member that is an item; its parameters are ignored.
pub fn item(member: &ListEntry) -> Option<&BareItem> {
    match member {
        ListEntry::Item(item) => Some(&item.bare_item),
        ListEntry::InnerList(_) => None,
    }
}
