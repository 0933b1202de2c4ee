//! What a picture's file says of it.

use moxcms::{ColorProfile, ProfileText};

use super::camera::Camera;
use super::header::Header;
use super::orientation;
use crate::image::{Error, Format, Layout, Shape};

/// The colours that a file stores, before they are made into those of a [`Layout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColourType {
    /// Luma, or black and white.
    Gray,
    /// Luma and alpha.
    GrayAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha.
    Rgba,
    /// Indices into a palette.
    Palette,
    /// Luma and two differences of colour (ITU-R BT.601).
    Ycbcr,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// Inverted YCbCr, and black.
    Ycck,
    /// CIE L*a*b*.
    Lab,
}

impl ColourType {
    /// The name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gray => "gray",
            Self::GrayAlpha => "gray-alpha",
            Self::Rgb => "rgb",
            Self::Rgba => "rgba",
            Self::Palette => "palette",
            Self::Ycbcr => "ycbcr",
            Self::Cmyk => "cmyk",
            Self::Ycck => "ycck",
            Self::Lab => "lab",
        }
    }
}

/// What a picture's file says of it, read without decoding a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Info {
    /// The format.
    pub format: Format,
    /// Pixels in a row of the picture as it is seen, upright.
    pub width: u32,
    /// Rows of the picture as it is seen.
    pub height: u32,
    /// How the picture is stored, 1 (upright) to 8 (Exif 3.0, tag 0x0112).
    pub orientation: u8,
    /// Whether pixels may be transparent: by a channel, a transparent colour or a mask.
    pub alpha: bool,
    /// The colours.
    pub colour_type: ColourType,
    /// Bits of a sample; of an index where there is a palette.
    pub bit_depth: u8,
    /// Pictures of an animation or an icon; 1 for others.
    pub frames: u32,
    /// The file's length.
    pub bytes: u64,
    /// The name of the ICC profile: empty where it has none, `None` where there is no profile that
    /// can be read.
    pub icc_profile: Option<String>,
    /// What the camera noted, in JPEG, PNG and WebP; `None` where it is nothing.
    pub camera: Option<Camera>,
}

impl Info {
    /// Reads the header of a file in one of the formats [`Format::READ`]. The picture may be larger
    /// than any limit, and an animation.
    ///
    /// # Errors
    /// Where the header is not all there, or is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let format = Format::of(bytes)?;
        let header = Header::read(format, bytes)?;
        let stored = Shape { width: header.width, height: header.height, layout: Layout::L };
        let seen = orientation::upright(header.orientation).shape(stored);
        Ok(Self {
            format,
            width: seen.width,
            height: seen.height,
            orientation: header.orientation.to_exif(),
            alpha: header.alpha,
            colour_type: header.colour_type,
            bit_depth: header.bit_depth,
            frames: header.frames,
            bytes: bytes.len() as u64,
            icc_profile: header.profile.as_deref().and_then(profile_name),
            camera: header.exif.as_deref().and_then(Camera::read),
        })
    }
}

/// The description of an ICC profile (ICC.1:2022, 9.2.41), in English where there is a choice.
fn profile_name(profile: &[u8]) -> Option<String> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let name = match profile.description {
        Some(ProfileText::PlainString(name)) => name,
        Some(ProfileText::Localizable(names)) => {
            let english = names.iter().position(|name| name.language == "en").unwrap_or(0);
            names.into_iter().nth(english).map(|name| name.value).unwrap_or_default()
        }
        Some(ProfileText::Description(name)) => name.ascii_string,
        None => String::new(),
    };
    Some(name.trim_end_matches('\0').to_owned())
}
