//! What languages do differently: the conditional mappings of `SpecialCasing.txt`, and ICU's own.

use super::*;

#[test]
fn turkish_and_azerbaijani_have_a_dotless_i() {
    for tag in ["tr", "az", "tr-TR", "az-Latn-AZ", "TR"] {
        check_text(Case::Upper, tag, "istanbul ısı", "İSTANBUL ISI");
        check_text(Case::Lower, tag, "ISI İIi", "ısı iıi");
        check_text(
            Case::Lower,
            tag,
            "I\u{307} I\u{323}\u{307} I\u{301}\u{307}",
            "i i\u{323} ı\u{301}\u{307}",
        );
        check_text(Case::Lower, tag, "I\u{307}\u{307}", "i\u{307}");
        check_text(Case::Title, tag, "istanbul IĞDIR iIi", "İstanbul Iğdır İıi");
        check_text(Case::Fold, tag, "Iİıi", "ıiıi");
    }
    check_text(Case::Lower, "und", "I\u{307}", "i\u{307}");
}

#[test]
fn lithuanian_keeps_the_dot_under_accents() {
    check_text(
        Case::Lower,
        "lt",
        "I\u{300} J\u{301} Į\u{303}",
        "i\u{307}\u{300} j\u{307}\u{301} į\u{307}\u{303}",
    );
    check_text(Case::Lower, "lt", "Ì Í Ĩ", "i\u{307}\u{300} i\u{307}\u{301} i\u{307}\u{303}");
    check_text(
        Case::Lower,
        "lt",
        "I J Į I\u{323} I\u{323}\u{300}",
        "i j į i\u{323} i\u{307}\u{323}\u{300}",
    );
    check_text(
        Case::Upper,
        "lt",
        "i\u{307}\u{301} į\u{307} j\u{323}\u{307}",
        "I\u{301} Į J\u{323}",
    );
    check_text(
        Case::Upper,
        "lt",
        "a\u{307} ị\u{307} i\u{301}\u{307}",
        "A\u{307} Ị I\u{301}\u{307}",
    );
}

/// Those that ICU's `greek-upper` was designed by.
#[test]
fn greek_drops_accents_in_upper_case() {
    check_text(Case::Upper, "el", "Πατάτα, Αέρας, Μυστήριο", "ΠΑΤΑΤΑ, ΑΕΡΑΣ, ΜΥΣΤΗΡΙΟ");
    check_text(Case::Upper, "el", "Μαΐου, τρόλεϊ", "ΜΑΪΟΥ, ΤΡΟΛΕΪ");
    check_text(Case::Upper, "el", "Το ένα ή το άλλο.", "ΤΟ ΕΝΑ Ή ΤΟ ΑΛΛΟ.");
    check_text(Case::Upper, "el", "νηρός ή, 'ή' xή ήx", "ΝΗΡΟΣ Ή, 'Ή' XΗ ΗX");
    check_text(Case::Upper, "el", "Άκαιρα, άυλος, ρωμέικα", "ΑΚΑΙΡΑ, ΑΫΛΟΣ, ΡΩΜΕΪΚΑ");
    check_text(Case::Upper, "el", "α\u{301}υ α\u{301}\u{313}ι", "ΑΥ\u{308} ΑΙ\u{308}");
    check_text(Case::Upper, "el", "ᾠδή ἡ ῥήτωρ", "ΩΙΔΗ Η ΡΗΤΩΡ");
    check_text(Case::Upper, "el", "άσσος \u{301} e\u{301}", "ΑΣΣΟΣ \u{301} E\u{301}");
    check_text(Case::Upper, "und", "ή Μαΐου", "Ή ΜΑΙ\u{308}\u{301}ΟΥ");
    check_text(Case::Lower, "el", "ΟΔΟΣ Ή", "οδος ή");
}

#[test]
fn armenian_parts_its_ligature_otherwise() {
    check_text(Case::Upper, "hy", "և Երևան", "ԵՎ ԵՐԵՎԱՆ");
    check_text(Case::Title, "hy", "և", "Եվ");
    check_text(Case::Upper, "und", "և", "ԵՒ");
    check_text(Case::Title, "und", "և", "Եւ");
}

#[test]
fn dutch_has_ij_for_a_letter_at_the_beginning_of_a_word() {
    check_text(
        Case::Title,
        "nl",
        "ijssel IJSSEL vrij i\u{301}j\u{301} íj",
        "IJssel IJssel Vrij I\u{301}J\u{301} Íj",
    );
    check_text(Case::Title, "und", "ijssel", "Ijssel");
}

/// ISO 639's codes of three letters, for which BCP 47 has those of two.
#[test]
fn long_codes_are_the_short_ones() {
    for (long, short) in [
        ("aze", "az"),
        ("ell", "el"),
        ("hye", "hy"),
        ("lit", "lt"),
        ("nld", "nl"),
        ("TUR-tr", "tr"),
    ] {
        assert_ne!(Locale::parse(short), Some(Locale::ROOT), "{short}");
        assert_eq!(Locale::parse(long), Locale::parse(short), "{long}");
    }
}

#[test]
fn others_are_root() {
    let others =
        ["de-DE", "en", "mn-Cyrl", "zh-cmn-Hans-CN", "x-private", "i-klingon", "art-lojban"];
    for tag in others {
        assert_eq!(Locale::parse(tag), Some(Locale::ROOT), "{tag}");
        check_text(Case::Upper, tag, "iı ή և", "II Ή ԵՒ");
    }
}

#[test]
fn tags_that_are_not_well_formed() {
    for tag in
        ["", "-", "t", "tr_TR", "tr-", "-tr", "tr--TR", "türkçe", "abcdefghi", "tr TR", "tr;q=1"]
    {
        assert_eq!(Locale::parse(tag), None, "{tag}");
    }
}
