//! What a camera noted beside a picture (Exif 3.0). Never where it was taken, by whom, or with which
//! one of a make's cameras: places, owners' names and serial numbers are not read.

use std::borrow::Cow;

use exif::{DateTime, Exif, In, Reader, Tag, Value};

/// As much as is looked at: what a JPEG can hold. Elsewhere there may be more, which is a thumbnail.
const MOST_BYTES: usize = 64 * 1024;
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
        let block = &block[..block.len().min(MOST_BYTES)];
        let mut reader = Reader::new();
        reader.continue_on_error(true);
        let exif = reader.read_raw(block.to_vec());
        let exif = exif.or_else(|error| error.distill_partial_result(|_| {})).ok()?;
        let camera = Self {
            make: text(&exif, Tag::Make),
            model: text(&exif, Tag::Model),
            lens: text(&exif, Tag::LensModel),
            software: text(&exif, Tag::Software),
            taken: taken(&exif),
            exposure_seconds: number(&exif, Tag::ExposureTime).filter(|seconds| *seconds > 0.0),
            f_number: number(&exif, Tag::FNumber).filter(|number| *number > 0.0),
            iso: whole(&exif, Tag::PhotographicSensitivity).filter(|iso| *iso > 0),
            exposure_bias_ev: number(&exif, Tag::ExposureBiasValue),
            focal_length_mm: number(&exif, Tag::FocalLength).filter(|length| *length > 0.0),
            focal_length_35mm: whole(&exif, Tag::FocalLengthIn35mmFilm)
                .filter(|length| *length > 0),
            flash: whole(&exif, Tag::Flash).map(|flash| flash & 1 == 1),
        };
        (camera != Self::default()).then_some(camera)
    }
}

fn value(exif: &Exif, tag: Tag) -> Option<&Value> {
    exif.get_field(tag, In::PRIMARY).map(|field| &field.value)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match value(exif, tag)? {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    }
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let text: Cow<'_, str> = String::from_utf8_lossy(ascii(exif, tag)?);
    let text: String = text.chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A rational number. One whose denominator is zero means that it is unknown.
fn number(exif: &Exif, tag: Tag) -> Option<f64> {
    let number = match value(exif, tag)? {
        Value::Rational(numbers) => numbers.first()?.to_f64(),
        Value::SRational(numbers) => numbers.first()?.to_f64(),
        _ => return None,
    };
    number.is_finite().then_some(number)
}

fn whole(exif: &Exif, tag: Tag) -> Option<u32> {
    value(exif, tag)?.get_uint(0)
}

fn taken(exif: &Exif) -> Option<String> {
    let time = DateTime::from_ascii(ascii(exif, Tag::DateTimeOriginal)?).ok()?;
    let is_time = (1..=12).contains(&time.month)
        && (1..=31).contains(&time.day)
        && time.hour < 24
        && time.minute < 60
        && time.second < 61;
    let DateTime { year, month, day, hour, minute, second, .. } = time;
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    text += &ascii(exif, Tag::OffsetTimeOriginal).and_then(offset).unwrap_or_default();
    is_time.then_some(text)
}

/// An offset from UTC, `+02:00`.
fn offset(text: &[u8]) -> Option<String> {
    let [sign @ (b'+' | b'-'), hours @ .., b':', _, _] = text else { return None };
    let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let minutes = &text[4..];
    let is_offset = hours.len() == 2 && digits(hours) && digits(minutes) && minutes[0] < b'6';
    let text = format!(
        "{}{}:{}",
        char::from(*sign),
        String::from_utf8_lossy(hours),
        String::from_utf8_lossy(minutes)
    );
    is_offset.then_some(text)
}

#[cfg(test)]
mod tests {
    use exif::experimental::Writer;
    use exif::{Field, Rational, SRational};

    use super::*;

    /// An Exif block with these fields.
    fn block(fields: &[(Tag, Value)]) -> Vec<u8> {
        let field = |(tag, value): &(Tag, Value)| Field {
            tag: *tag,
            ifd_num: In::PRIMARY,
            value: value.clone(),
        };
        let fields: Vec<_> = fields.iter().map(field).collect();
        let mut writer = Writer::new();
        fields.iter().for_each(|field| writer.push_field(field));
        let mut file = std::io::Cursor::new(Vec::new());
        writer.write(&mut file, false).unwrap();
        file.into_inner()
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
        assert_eq!(Camera::read(&block(&everything())), Some(expected));
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
        // Two characters an item, as many items as there is room for.
        let dense = ascii(&"a\0".repeat(40_000));
        assert_eq!(Camera::read(&block(&[(Tag::Make, dense)])), None);
    }
}
