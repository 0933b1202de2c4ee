//! The picture that the frames of an animation make together.

use super::patch::{Disposal, Patch};
use crate::image::limits::{copied, zeroed_samples};
use crate::image::{Error, Frame, Layout, Samples, Shape};
use crate::pixels::frame::Sample;

/// A picture that begins transparent, or black where it has no alpha, and what is to be done to it
/// before the next patch.
pub(super) struct Canvas {
    picture: Frame,
    pending: Pending,
}

enum Pending {
    Nothing,
    Clear(Place),
    Restore(Place, Samples),
}

/// A rectangle of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Canvas {
    pub(super) fn new(shape: Shape, bytes_per_sample: u64) -> Result<Self, Error> {
        let samples = match bytes_per_sample {
            1 => Samples::U8(zeroed_samples(shape)?),
            _ => Samples::U16(zeroed_samples(shape)?),
        };
        Ok(Self { picture: Frame::new(shape, samples), pending: Pending::Nothing })
    }

    /// Draws a patch of as many bits, and as gray, as the canvas. What lies beyond the edges is cut
    /// off.
    pub(super) fn draw(&mut self, patch: &Patch) -> Result<(), Error> {
        let shape = self.picture.shape;
        let place = Place::of(patch, shape);
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Nothing => {}
            Pending::Clear(place) => self.clear(place),
            Pending::Restore(place, samples) => self.restore(place, &samples),
        }
        self.pending = match patch.disposal {
            Disposal::Keep => Pending::Nothing,
            Disposal::Clear => Pending::Clear(place),
            Disposal::Restore => Pending::Restore(place, self.saved(place)?),
        };
        match (&mut self.picture.samples, patch.picture.samples()) {
            (Samples::U8(below), Samples::U8(above)) => paint(below, above, shape, place, patch),
            (Samples::U16(below), Samples::U16(above)) => paint(below, above, shape, place, patch),
            _ => unreachable!("a patch has as many bits as its canvas"),
        }
        Ok(())
    }

    /// The picture as it is now.
    pub(super) fn copy(&self) -> Result<Frame, Error> {
        let samples = match &self.picture.samples {
            Samples::U8(samples) => Samples::U8(copied(samples)?),
            Samples::U16(samples) => Samples::U16(copied(samples)?),
        };
        Ok(Frame::new(self.picture.shape, samples))
    }

    fn clear(&mut self, place: Place) {
        let shape = self.picture.shape;
        match &mut self.picture.samples {
            Samples::U8(samples) => place.rows_mut(samples, shape).for_each(|row| row.fill(0)),
            Samples::U16(samples) => place.rows_mut(samples, shape).for_each(|row| row.fill(0)),
        }
    }

    fn saved(&self, place: Place) -> Result<Samples, Error> {
        let shape = self.picture.shape;
        Ok(match &self.picture.samples {
            Samples::U8(samples) => Samples::U8(gathered(samples, shape, place)?),
            Samples::U16(samples) => Samples::U16(gathered(samples, shape, place)?),
        })
    }

    fn restore(&mut self, place: Place, saved: &Samples) {
        let shape = self.picture.shape;
        match (&mut self.picture.samples, saved) {
            (Samples::U8(samples), Samples::U8(saved)) => spread(saved, samples, shape, place),
            (Samples::U16(samples), Samples::U16(saved)) => spread(saved, samples, shape, place),
            _ => unreachable!("what was saved has as many bits as its canvas"),
        }
    }
}

impl Place {
    /// The part of the canvas that a patch covers.
    fn of(patch: &Patch, canvas: Shape) -> Self {
        let shape = patch.picture.shape();
        let within = |start: u32, length: u32, side: u32| {
            let start = start.min(side);
            (start as usize, length.min(side - start) as usize)
        };
        let (left, width) = within(patch.left, shape.width, canvas.width);
        let (top, height) = within(patch.top, shape.height, canvas.height);
        Self { left, top, width, height }
    }

    /// Where in a row of so many channels a pixel the place begins and ends.
    fn span(self, layout: Layout) -> std::ops::Range<usize> {
        let channels = layout.channels();
        self.left * channels..(self.left + self.width) * channels
    }

    fn rows_mut<S>(self, samples: &mut [S], shape: Shape) -> impl Iterator<Item = &mut [S]> {
        let rows = samples.chunks_exact_mut(shape.row()).skip(self.top).take(self.height);
        rows.map(move |row| &mut row[self.span(shape.layout)])
    }
}

fn gathered<S: Copy + Default>(samples: &[S], shape: Shape, place: Place) -> Result<Vec<S>, Error> {
    let (width, height) = (place.width as u32, place.height as u32);
    let mut gathered = zeroed_samples(Shape { width, height, layout: shape.layout })?;
    let rows = samples.chunks_exact(shape.row()).skip(place.top).take(place.height);
    let span = place.span(shape.layout);
    for (copy, row) in gathered.chunks_exact_mut(span.len().max(1)).zip(rows) {
        copy.copy_from_slice(&row[span.clone()]);
    }
    Ok(gathered)
}

fn spread<S: Copy>(saved: &[S], samples: &mut [S], shape: Shape, place: Place) {
    let saved = saved.chunks_exact(place.span(shape.layout).len().max(1));
    place.rows_mut(samples, shape).zip(saved).for_each(|(row, saved)| row.copy_from_slice(saved));
}

fn paint<S: Sample>(below: &mut [S], above: &[S], shape: Shape, place: Place, patch: &Patch) {
    let layout = patch.picture.shape().layout;
    let colours = layout.without_alpha().channels();
    let rows = above.chunks_exact(patch.picture.shape().row());
    for (below, above) in place.rows_mut(below, shape).zip(rows) {
        let below = below.chunks_exact_mut(shape.layout.channels());
        for (below, above) in below.zip(above.chunks_exact(layout.channels())) {
            let (colour, alpha) = above.split_at(colours);
            match alpha.first() {
                Some(&alpha) if patch.blends && alpha != S::MAX => blend(below, colour, alpha),
                alpha => {
                    below[..colours].copy_from_slice(colour);
                    if let Some(below) = below.get_mut(colours) {
                        *below = alpha.map_or(S::MAX, |alpha| *alpha);
                    }
                }
            }
        }
    }
}

/// Lays a colour over a pixel: source over destination with straight alpha (W3C PNG, third edition,
/// section 13.16), rounded.
fn blend<S: Sample>(below: &mut [S], colour: &[S], alpha: S) {
    let number = |sample: S| -> u64 { sample.into() };
    let (most, alpha) = (number(S::MAX), number(alpha));
    if alpha == 0 {
        return;
    }
    let beneath = below.get(colour.len()).map_or(most, |alpha| number(*alpha)) * (most - alpha);
    let total = alpha * most + beneath;
    for (below, above) in below.iter_mut().zip(colour) {
        let sum = number(*above) * alpha * most + number(*below) * beneath;
        *below = S::truncate((sum + total / 2) / total);
    }
    if let Some(below) = below.get_mut(colour.len()) {
        *below = S::truncate((total + most / 2) / most);
    }
}
