//! Cases, languages and context.

use edge_tests::{Answer, application, deploy, manifest};
use http::Method;
use serde_json::json;

const MIB: usize = 1024 * 1024;

async fn in_language(path: &str, language: &str, text: &str) -> Answer {
    let fields = [("content-language", language)];
    application().send(Method::POST, path, &fields, text.to_owned()).await
}

/// Sends a text in pieces of so many bytes.
async fn in_pieces(path: &str, text: &str, length: usize) -> Answer {
    let mut upload = application().upload(path);
    for piece in text.as_bytes().chunks(length) {
        upload.send(piece.to_vec()).await;
    }
    upload.finish().await
}

#[tokio::test]
async fn each_route_has_its_case() {
    for (path, mapped) in [
        ("/uppercase", "STRASSE ǄUNGLA ΟΔΟΣ ΟΔΟΣ X1Y"),
        ("/lowercase", "straße ǆungla οδος οδος x1y"),
        ("/titlecase", "Straße ǅungla Οδος Οδος X1y"),
        ("/casefold", "strasse ǆungla οδοσ οδοσ x1y"),
        ("/casefold/", "strasse ǆungla οδοσ οδοσ x1y"),
    ] {
        let answer = application().post(path, "straße ǆUNGLA ΟΔΟΣ οδος x1Y").await;
        answer.assert_text(mapped);
        assert_eq!(answer.field("vary"), "Accept, Content-Language");
        assert_eq!(answer.field("content-language"), "");
        assert_eq!((answer.field("etag"), answer.field("cache-control")), ("", ""));
        application().send(Method::PUT, path, &[], "").await.assert_text("");
    }
}

#[tokio::test]
async fn the_time_is_told_by_the_name_of_the_case() {
    for name in ["uppercase", "lowercase", "titlecase", "casefold"] {
        for accept in ["text/plain", "application/json"] {
            let fields = [("accept", accept)];
            let path = format!("/{name}");
            let answer = application().send(Method::POST, &path, &fields, "abc").await;
            let timing = answer.field("server-timing").split(", ");
            let laps: Vec<_> = timing.map(|lap| lap.split(";dur=").next().unwrap()).collect();
            assert_eq!(laps, ["read", name]);
        }
    }
}

#[tokio::test]
async fn languages_have_their_own_mappings() {
    for (path, language, text, mapped) in [
        ("/uppercase", "tr", "istanbul ıI", "İSTANBUL II"),
        ("/lowercase", "tr", "ISPARTA İZMİR I\u{307}", "ısparta izmir i"),
        ("/titlecase", "tr-TR", "iZMİR ISPARTA", "İzmir Isparta"),
        ("/casefold", "tr", "Iİ", "ıi"),
        ("/uppercase", "az-Latn", "bakı şəhəri", "BAKI ŞƏHƏRİ"),
        (
            "/lowercase",
            "lt",
            "Ì Į\u{303} J\u{301}",
            "i\u{307}\u{300} į\u{307}\u{303} j\u{307}\u{301}",
        ),
        ("/uppercase", "lt", "i\u{307}\u{300}", "I\u{300}"),
        ("/uppercase", "el", "Πατάτα, Αέρας, Μυστήριο", "ΠΑΤΑΤΑ, ΑΕΡΑΣ, ΜΥΣΤΗΡΙΟ"),
        ("/uppercase", "el-GR", "Μαΐου, τρόλεϊ", "ΜΑΪΟΥ, ΤΡΟΛΕΪ"),
        ("/uppercase", "el", "το ένα ή το άλλο", "ΤΟ ΕΝΑ Ή ΤΟ ΑΛΛΟ"),
        ("/uppercase", "hy", "և", "ԵՎ"),
        ("/titlecase", "nl", "ijssel IJMUIDEN", "IJssel IJmuiden"),
        ("/uppercase", "TR-tr-u-co-search", "i", "İ"),
    ] {
        let answer = application().post(&format!("{path}?locale={language}"), text).await;
        answer.assert_text(mapped);
        assert_eq!(answer.field("content-language"), language);
        assert_eq!(answer.field("vary"), "Accept");
        let answer = in_language(path, language, text).await;
        answer.assert_text(mapped);
        assert_eq!(answer.field("content-language"), language);
        assert_eq!(answer.field("vary"), "Accept, Content-Language");
    }
}

#[tokio::test]
async fn languages_without_mappings_of_their_own_are_as_any() {
    for language in ["und", "de", "en-GB", "zh-Hant-TW", "sl-rozaj-biske", "x-klingon", "qaa"] {
        let answer = application().post(&format!("/uppercase?locale={language}"), "iß άև").await;
        answer.assert_text("ISS ΆԵՒ");
        assert_eq!(answer.field("content-language"), language);
    }
}

#[tokio::test]
async fn the_parameter_goes_before_the_field_and_its_first_tag_before_others() {
    in_language("/uppercase?locale=de", "tr", "i").await.assert_text("I");
    in_language("/uppercase?locale=tr", "no tag", "i").await.assert_text("İ");
    let answer = in_language("/uppercase", " tr , en", "i").await;
    answer.assert_text("İ");
    assert_eq!(answer.field("content-language"), "tr");
    in_language("/uppercase", "en, tr", "i").await.assert_text("I");
}

#[tokio::test]
async fn malformed_tags_are_refused() {
    for tag in ["", "t", "tr_TR", "tr-", "türkçe", "1", "en-a", "waytoolong"] {
        application().post(&format!("/lowercase?locale={tag}"), "I").await.assert_problem(
            400,
            "invalid-parameter",
            "Invalid parameter",
            &format!(
                "The parameter 'locale' is '{tag}'; it must be a language tag (BCP 47), such as 'tr' or 'el-GR'."
            ),
            json!({ "parameter": "locale", "actual": tag }),
        );
    }
    for (field, tag) in [("tr_TR", "tr_TR"), (", tr", ""), ("", ""), ("en-, tr", "en-")] {
        in_language("/lowercase", field, "I").await.assert_problem(
            400,
            "malformed-request",
            "Malformed request",
            &format!(
                "The Content-Language field begins with '{tag}'; that must be a language tag (BCP 47), such as 'tr' or 'el-GR'."
            ),
            json!({ "actual": tag }),
        );
    }
}

#[tokio::test]
async fn context_reaches_across_pieces() {
    let text = "ΟΔΟΣ, Ο'Σ. I\u{307} i\u{307} Μάϊος ή ά\u{301}\u{308}ϊ ijs IJ";
    for path in [
        "/uppercase?locale=el",
        "/uppercase?locale=lt",
        "/lowercase?locale=tr",
        "/lowercase",
        "/titlecase?locale=nl",
        "/casefold",
    ] {
        let whole = application().post(path, text).await;
        for length in [1, 2, 3, 7] {
            in_pieces(path, text, length).await.assert_text(whole.text());
        }
        // Beyond the lookahead, and at every offset to its end.
        for before in 65_520..65_540 {
            let long = format!("{}{text}", " ".repeat(before));
            let answer = in_pieces(path, &long, 32_768).await;
            assert_eq!(answer.text().trim_start(), whole.text(), "{path} {before}");
            assert!(answer.body.len() == before + whole.body.len());
        }
    }
}

#[tokio::test]
async fn a_sigma_looks_past_4_kib_of_marks() {
    let lower = async |marks: usize, after: &str| {
        let text = format!("ΑΣ{}{after}", "\u{301}".repeat(marks));
        let answer = in_pieces("/lowercase", &text, 1_000).await;
        assert_eq!(answer.body.len(), text.len());
        answer.text().chars().nth(1).unwrap()
    };
    for marks in [0, 1, 500, 2_048] {
        assert_eq!(lower(marks, "Α").await, 'σ', "{marks}");
        assert_eq!(lower(marks, " Α").await, 'ς', "{marks}");
    }
    // What is farther is taken for the end.
    assert_eq!(lower(2_100, "Α").await, 'ς');
}

#[tokio::test]
async fn invalid_text_may_be_replaced() {
    for (invalid, text, mapped) in [
        ("?invalid=replace", &b"a\xffb"[..], "A\u{fffd}B"),
        ("?invalid=replace&locale=tr", b"i\xe2\x82", "İ\u{fffd}"),
        ("?invalid=replace", b"\xed\xa0\x80", "\u{fffd}\u{fffd}\u{fffd}"),
        ("?invalid=refuse", b"abc", "ABC"),
    ] {
        application().post(&format!("/uppercase{invalid}"), text).await.assert_text(mapped);
    }
    let mut text = vec![b'x'; 300_000];
    text[200_001] = 0xff;
    let answer = application().post("/uppercase?invalid=replace", text).await;
    let expected = format!("{}\u{fffd}{}", "X".repeat(200_001), "X".repeat(99_998));
    assert!(answer.text() == expected);
}

#[tokio::test]
async fn unknown_parameters_and_values_are_named() {
    application().post("/casefold?invalid=replaced", "").await.assert_problem(
        400,
        "invalid-parameter",
        "Invalid parameter",
        "The parameter 'invalid' is 'replaced'; it must be refuse or replace.",
        json!({ "parameter": "invalid", "actual": "replaced", "suggestion": "replace" }),
    );
    application().post("/titlecase?local=tr", "").await.assert_problem(
        400,
        "unknown-parameter",
        "Unknown parameter",
        "The parameter 'local' is not known; this route takes 'text', 'locale' and 'invalid'.",
        json!({
            "parameter": "local",
            "allowed": ["text", "locale", "invalid"],
            "suggestion": "locale",
        }),
    );
    application().post("/uppercase?locale=tr&locale=tr", "").await.assert_problem(
        400,
        "repeated-parameter",
        "Repeated parameter",
        "The parameter 'locale' is given more than once.",
        json!({ "parameter": "locale" }),
    );
}

#[tokio::test]
async fn every_case_takes_constant_memory() {
    let Some(app) = deploy(&manifest(), &[]) else { return };
    let word = "ß\u{301}Σ".repeat(2 * MIB);
    for path in [
        "/uppercase?locale=el",
        "/lowercase?locale=lt",
        "/titlecase",
        "/casefold",
        "/uppercase?invalid=replace",
    ] {
        assert_eq!(app.post(path, word.clone()).await.status, 200, "{path}");
        let peak = app.peak_memory_bytes("uppercase").unwrap();
        assert!(peak <= 8 * MIB, "{path} {peak}");
    }
}
