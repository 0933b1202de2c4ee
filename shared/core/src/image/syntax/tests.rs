use super::*;

fn parse(text: &str) -> Result<String, SyntaxError> {
    let defaults = Defaults::default();
    Operation::parse(0, text, &defaults).map(|operation| operation.to_string())
}

#[test]
fn every_operation_has_a_canonical_form_that_reads_as_itself() {
    for (text, canonical) in [
        ("resize:800x600", "resize:800x600,inside"),
        ("resize:800x", "resize:800x,inside"),
        ("resize:x600,outside", "resize:x600,outside"),
        ("resize:0800x600,cover!", "resize:800x600,cover!"),
        ("resize:8x6,fill", "resize:8x6,fill"),
        ("resize:8x6!", "resize:8x6,inside!"),
        ("resize:8x6,contain", "resize:8x6,contain,00000000"),
        ("resize:8x6,contain,FFFFFF!", "resize:8x6,contain,ffffff!"),
        ("crop:40x30+1+2", "crop:40x30+1+2"),
        ("crop:40x30", "crop:40x30,center"),
        ("crop:40x30,southwest", "crop:40x30,southwest"),
        ("pad:8x6", "pad:8x6,00000000"),
        ("pad:8x6,AbCdEf", "pad:8x6,abcdef"),
        ("rotate:90", "rotate:90"),
        ("rotate:180", "rotate:180"),
        ("rotate:270", "rotate:270"),
        ("flip", "flip"),
        ("flop", "flop"),
        ("trim", "trim:10"),
        ("trim:0", "trim:0"),
        ("grayscale", "grayscale"),
        ("grayscale:", "grayscale"),
        ("brightness:-100", "brightness:-100"),
        ("contrast:100", "contrast:100"),
        ("saturation:0", "saturation:0"),
        ("hue:-30", "hue:330"),
        ("hue:360", "hue:0"),
        ("gamma:2.20", "gamma:2.2"),
        ("invert", "invert"),
        ("sepia", "sepia"),
        ("threshold", "threshold:128"),
        ("tint:FF880080", "tint:ff880080"),
        ("flatten", "flatten:ffffff"),
        ("flatten:000000ff", "flatten:000000"),
        ("blur", "blur:5"),
        ("blur:0", "blur:0"),
        ("gaussian:0.5", "gaussian:0.5"),
        ("sharpen", "sharpen:1"),
        ("sharpen:1.25", "sharpen:1.25"),
        ("pixelate:8", "pixelate:8"),
    ] {
        assert_eq!(parse(text), Ok(canonical.to_owned()), "{text}");
        assert_eq!(parse(canonical), Ok(canonical.to_owned()), "{canonical}");
    }
    assert_eq!(Operation::names().count(), SYNTAX.len());
}

#[test]
fn what_an_operation_does_not_take_is_refused() {
    for text in [
        "resize",
        "resize:",
        "resize:x",
        "resize:800",
        "resize:0x600",
        "resize:32768x1",
        "resize:8x6,round",
        "resize:8x,cover",
        "resize:x6,contain",
        "resize:8x6,inside,ffffff",
        "resize:8x6,contain,fff",
        "resize:8x6!!",
        "resize:!8x6",
        "resize:-8x6",
        "resize:8x6x4",
        "crop",
        "crop:40x",
        "crop:40x30+1",
        "crop:40x30+1+2+3",
        "crop:40x30-1+2",
        "crop:40x30,up",
        "crop:0x1",
        "pad:8x",
        "pad:8x6,",
        "pad:8x6,red",
        "rotate",
        "rotate:0",
        "rotate:45",
        "flip:1",
        "flop:x",
        "trim:256",
        "grayscale:1",
        "brightness",
        "brightness:101",
        "contrast:-101",
        "saturation:1.5",
        "hue:361",
        "gamma:0",
        "gamma:10.01",
        "invert:1",
        "sepia:50",
        "threshold:-1",
        "tint",
        "tint:fff",
        "flatten:ffffff80",
        "blur:128",
        "blur:-1",
        "gaussian",
        "gaussian:0.09",
        "gaussian:51",
        "sharpen:0",
        "pixelate:1",
        "pixelate:1025",
    ] {
        let name = text.split(':').next().unwrap();
        let Err(SyntaxError::Arguments { segment: 0, operation, text: shown, .. }) = parse(text)
        else {
            panic!("{text}: {:?}", parse(text));
        };
        assert_eq!((operation, shown.as_str()), (name, text));
    }
    for text in ["", "Blur", "blurs:3", "info", ":3"] {
        let name = text.split(':').next().unwrap().to_owned();
        assert_eq!(parse(text), Err(SyntaxError::Unknown { segment: 0, name }));
    }
}

#[test]
fn the_background_stands_in_for_colours_left_out() {
    let background = Colour::parse("0000ff80");
    let defaults = Defaults { radius: Radius::new(9).unwrap(), background, ..Defaults::default() };
    for (text, canonical) in [
        ("pad:8x6", "pad:8x6,0000ff80"),
        ("pad:8x6,ffffff", "pad:8x6,ffffff"),
        ("resize:8x6,contain", "resize:8x6,contain,0000ff80"),
        ("flatten", "flatten:7f7fff"),
        ("blur", "blur:9"),
        ("blur:3", "blur:3"),
    ] {
        let operation = Operation::parse(0, text, &defaults).unwrap();
        assert_eq!(operation.to_string(), canonical, "{text}");
    }
}

#[test]
fn a_blur_without_an_argument_takes_the_default() {
    for (text, by_default) in
        [("blur", true), ("blur:", true), ("blur:3", false), ("blurs", false), ("flip", false)]
    {
        assert_eq!(Operation::is_blur_by_default(text), by_default, "{text}");
    }
}
