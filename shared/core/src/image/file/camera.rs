//! What a camera noted beside a picture (Exif 3.0). Never where it was taken, by whom, or with which
//! one of a make's cameras: places, owners' names and serial numbers are not read.

use super::directory::{Directory, Value};

/// The longest text, in characters.
const MOST_CHARACTERS: usize = 100;

/// The camera and its settings, each where the file tells it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Camera {
    /// Who makes the camera.
    pub make: Option<String>,
    /// The camera's model.
    pub model: Option<String>,
    /// The lens's model.
    pub lens: Option<String>,
    /// The program that wrote the picture.
    pub software: Option<String>,
    /// When the picture was taken, by the camera's clock: `2024-05-06T07:08:09`, with the offset from
    /// UTC where it is told (`+02:00`).
    pub taken: Option<String>,
    /// The exposure time in seconds.
    pub exposure_seconds: Option<f64>,
    /// The f-number.
    pub f_number: Option<f64>,
    /// The sensitivity, as in ISO 12232.
    pub iso: Option<u32>,
    /// The exposure bias in EV.
    pub exposure_bias_ev: Option<f64>,
    /// The focal length in millimetres.
    pub focal_length_mm: Option<f64>,
    /// The focal length in millimetres that gives the same field of view on 35 mm film.
    pub focal_length_35mm: Option<u32>,
    /// Whether the flash fired.
    pub flash: Option<bool>,
}

impl Camera {
    /// Reads the content of an Exif block as far as it can be; `None` where it tells nothing.
    pub(in crate::image) fn read(block: &[u8]) -> Option<Self> {
        let picture = Directory::first(block)?;
        let mut camera = Self {
            make: text(&picture, 0x010f),
            model: text(&picture, 0x0110),
            software: text(&picture, 0x0131),
            ..Self::default()
        };
        if let Some(exif) = picture.exif() {
            camera = Self {
                lens: text(&exif, 0xa434),
                taken: taken(&exif),
                exposure_seconds: number(&exif, 0x829a).filter(|seconds| *seconds > 0.0),
                f_number: number(&exif, 0x829d).filter(|number| *number > 0.0),
                iso: whole(&exif, 0x8827).filter(|iso| *iso > 0),
                exposure_bias_ev: number(&exif, 0x9204),
                focal_length_mm: number(&exif, 0x920a).filter(|length| *length > 0.0),
                focal_length_35mm: whole(&exif, 0xa405).filter(|length| *length > 0),
                flash: whole(&exif, 0x9209).map(|flash| flash & 1 == 1),
                ..camera
            };
        }
        (camera != Self::default()).then_some(camera)
    }
}

fn ascii<'a>(directory: &Directory<'a>, tag: u16) -> Option<&'a [u8]> {
    match directory.value(tag)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn text(directory: &Directory<'_>, tag: u16) -> Option<String> {
    // A character has at most four bytes.
    let text = ascii(directory, tag)?.trim_ascii();
    let text = String::from_utf8_lossy(&text[..text.len().min(4 * MOST_CHARACTERS)]);
    let text: String = text.chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A rational number. One whose denominator is zero means that it is unknown.
fn number(directory: &Directory<'_>, tag: u16) -> Option<f64> {
    match directory.value(tag)? {
        Value::Ratio(numerator, denominator) => {
            Some(numerator / denominator).filter(|number| number.is_finite())
        }
        _ => None,
    }
}

fn whole(directory: &Directory<'_>, tag: u16) -> Option<u32> {
    match directory.value(tag)? {
        Value::Whole(number) => Some(number),
        _ => None,
    }
}

/// The time (DateTimeOriginal), and its offset from UTC where that can be read (OffsetTimeOriginal).
fn taken(exif: &Directory<'_>) -> Option<String> {
    let time = ascii(exif, 0x9003)?;
    let is_like = |text: &[u8], like: &[u8]| {
        let alike = |(a, b): (&u8, &u8)| a == b || (*b == b'0' && a.is_ascii_digit());
        text.len() == like.len() && text.iter().zip(like).all(alike)
    };
    let two = |text: &[u8], at: usize| (text[at] - b'0') * 10 + text[at + 1] - b'0';
    let is_time = is_like(time, b"0000:00:00 00:00:00")
        && (1..=12).contains(&two(time, 5))
        && (1..=31).contains(&two(time, 8))
        && two(time, 11) < 24
        && two(time, 14) < 60
        && two(time, 17) <= 60;
    if !is_time {
        return None;
    }
    let is_offset = |text: &&[u8]| {
        (is_like(text, b"+00:00") || is_like(text, b"-00:00"))
            && two(text, 1) < 24
            && two(text, 4) < 60
    };
    let offset = ascii(exif, 0x9011).filter(is_offset).unwrap_or_default();
    let [date, clock] = [&time[..10], &time[11..]].map(String::from_utf8_lossy);
    Some(format!("{}T{clock}{}", date.replace(':', "-"), String::from_utf8_lossy(offset)))
}

#[cfg(test)]
mod tests {
    use exif::experimental::Writer;
    use exif::{Field, In, Rational, SRational, Tag, Value};

    use super::Camera;

    /// An Exif block with these fields, little-endian or big-endian.
    fn block_of(fields: &[(Tag, Value)], little_endian: bool) -> Vec<u8> {
        let field = |(tag, value): &(Tag, Value)| Field {
            tag: *tag,
            ifd_num: In::PRIMARY,
            value: value.clone(),
        };
        let fields: Vec<_> = fields.iter().map(field).collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut file = std::io::Cursor::new(Vec::new());
        writer.write(&mut file, little_endian).unwrap();
        file.into_inner()
    }

    fn block(fields: &[(Tag, Value)]) -> Vec<u8> {
        block_of(fields, false)
    }

    fn ascii(text: &str) -> Value {
        Value::Ascii(vec![text.as_bytes().to_vec()])
    }

    fn rational(num: u32, denom: u32) -> Value {
        Value::Rational(vec![Rational { num, denom }])
    }

    fn everything() -> Vec<(Tag, Value)> {
        vec![
            (Tag::Make, ascii("  Acme ")),
            (Tag::Model, ascii("One\u{7}")),
            (Tag::LensModel, ascii("50 mm")),
            (Tag::Software, ascii(&"ä".repeat(200))),
            (Tag::DateTimeOriginal, ascii("2024:05:06 07:08:09")),
            (Tag::OffsetTimeOriginal, ascii("-03:30")),
            (Tag::ExposureTime, rational(1, 250)),
            (Tag::FNumber, rational(28, 10)),
            (Tag::PhotographicSensitivity, Value::Short(vec![400])),
            (Tag::ExposureBiasValue, Value::SRational(vec![SRational { num: -1, denom: 2 }])),
            (Tag::FocalLength, rational(50, 1)),
            (Tag::FocalLengthIn35mmFilm, Value::Short(vec![75])),
            (Tag::Flash, Value::Short(vec![0x19])),
        ]
    }

    #[test]
    fn a_camera_and_its_settings() {
        let text = |text: &str| Some(text.to_owned());
        let expected = Camera {
            make: text("Acme"),
            model: text("One"),
            lens: text("50 mm"),
            software: Some("ä".repeat(100)),
            taken: text("2024-05-06T07:08:09-03:30"),
            exposure_seconds: Some(0.004),
            f_number: Some(2.8),
            iso: Some(400),
            exposure_bias_ev: Some(-0.5),
            focal_length_mm: Some(50.0),
            focal_length_35mm: Some(75),
            flash: Some(true),
        };
        for little_endian in [false, true] {
            let block = block_of(&everything(), little_endian);
            assert_eq!(Camera::read(&block).as_ref(), Some(&expected));
        }
    }

    #[test]
    fn nothing_that_tells_who_or_where() {
        let mut fields = everything();
        fields.extend([
            (Tag::GPSLatitudeRef, ascii("N")),
            (Tag::GPSLatitude, Value::Rational(vec![Rational { num: 48, denom: 1 }; 3])),
            (Tag::BodySerialNumber, ascii("SECRET-1")),
            (Tag::LensSerialNumber, ascii("SECRET-2")),
            (Tag::CameraOwnerName, ascii("SECRET-3")),
            (Tag::Artist, ascii("SECRET-4")),
            (Tag::UserComment, Value::Undefined(b"SECRET-5".to_vec(), 0)),
            (Tag::MakerNote, Value::Undefined(b"SECRET-6".to_vec(), 0)),
        ]);
        let camera = Camera::read(&block(&fields));
        assert_eq!(camera, Camera::read(&block(&everything())));
        let private = [(Tag::GPSLatitudeRef, ascii("N")), (Tag::Artist, ascii("A"))];
        assert_eq!(Camera::read(&block(&private)), None);
    }

    #[test]
    fn what_means_nothing_is_left_out() {
        for (tag, value) in [
            (Tag::Make, ascii(" \u{1} ")),
            (Tag::Make, Value::Short(vec![1])),
            (Tag::ExposureTime, rational(1, 0)),
            (Tag::ExposureTime, rational(0, 0)),
            (Tag::ExposureTime, rational(0, 1)),
            (Tag::FNumber, ascii("2.8")),
            (Tag::PhotographicSensitivity, Value::Short(vec![0])),
            (Tag::DateTimeOriginal, ascii("    :  :     :  :  ")),
            (Tag::DateTimeOriginal, ascii("0000:00:00 00:00:00")),
            (Tag::DateTimeOriginal, ascii("2024:13:06 07:08:09")),
            (Tag::DateTimeOriginal, ascii("2024:05:06")),
            (Tag::OffsetTimeOriginal, ascii("+01:00")),
        ] {
            assert_eq!(Camera::read(&block(&[(tag, value)])), None, "{tag}");
        }
        for offset in ["", "Z", "   :  ", "+1:00", "+01:60", "+0a:00", "+01:00x"] {
            let time = (Tag::DateTimeOriginal, ascii("2024:05:06 07:08:09"));
            let camera = Camera::read(&block(&[time, (Tag::OffsetTimeOriginal, ascii(offset))]));
            assert_eq!(camera.unwrap().taken.as_deref(), Some("2024-05-06T07:08:09"), "{offset}");
        }
    }

    #[test]
    fn a_block_that_is_cut_or_changed_never_traps() {
        let whole = block(&everything());
        for length in 0..whole.len() {
            let cut = Camera::read(&whole[..length]);
            assert!(length > 8 || cut.is_none());
        }
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut changed = whole.clone();
                changed[at] = byte;
                Camera::read(&changed);
            }
        }
        for start in [b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08", b"II*\0\xff\xff\xff\xff"] {
            assert_eq!(Camera::read(start), None);
        }
    }

    #[test]
    fn a_text_ends_with_its_first_zero_and_may_be_none() {
        let long = "a\0".repeat(100_000);
        let camera = Camera::read(&block(&[(Tag::Make, ascii(&long))])).unwrap();
        assert_eq!(camera, Camera { make: Some("a".to_owned()), ..Camera::default() });
        let bytes = Value::Ascii(vec![b"A\xff\xfeB".to_vec()]);
        let camera = Camera::read(&block(&[(Tag::Model, bytes)])).unwrap();
        assert_eq!(camera.model.as_deref(), Some("A\u{fffd}\u{fffd}B"));
    }

    /// A directory that points to 2 600 overlapping ones, each with some 2 500 entries.
    #[test]
    fn a_block_of_directories_in_directories_takes_no_memory() {
        let mut block = b"II*\0\x08\0\0\0".to_vec();
        block.extend(2_600u16.to_le_bytes());
        for at in 0..2_600u32 {
            block.extend([0x69, 0x87, 4, 0, 1, 0, 0, 0]);
            block.extend((32_000 + at).to_le_bytes());
        }
        block.resize(64 * 1024, 0x0a);
        assert_eq!(Camera::read(&block), None);
    }
}
