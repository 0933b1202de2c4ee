//! Gravity between many bodies.

use std::array::from_fn;
use std::ops::Range;

use wasm_bindgen::prelude::wasm_bindgen;

/// Squared distance that is added to every one, so that bodies that meet do not fly off.
const SOFTENING: f64 = 1e-4;

/// Point masses that attract each other, with a gravitational constant of 1.
#[wasm_bindgen]
pub struct Bodies {
    mass: Vec<f64>,
    place: [Vec<f64>; 3],
    velocity: [Vec<f64>; 3],
    acceleration: [Vec<f64>; 3],
}

/// A point mass.
#[derive(Clone, Copy)]
struct Body {
    mass: f64,
    place: [f64; 3],
}

#[wasm_bindgen]
impl Bodies {
    /// Bodies at rest, with as many places along each axis as masses.
    #[wasm_bindgen(constructor)]
    pub fn new(mass: Vec<f64>, x: Vec<f64>, y: Vec<f64>, z: Vec<f64>) -> Self {
        let zeros = || from_fn(|_| vec![0.0; mass.len()]);
        Self { place: [x, y, z], velocity: zeros(), acceleration: zeros(), mass }
    }

    /// Lets `time` pass in one step (semi-implicit Euler), with every pair of bodies considered.
    pub fn step(&mut self, time: f64) {
        self.attract();
        for axis in 0..3 {
            let accelerated = self.velocity[axis].iter_mut().zip(&self.acceleration[axis]);
            for (place, (velocity, acceleration)) in self.place[axis].iter_mut().zip(accelerated) {
                *velocity += acceleration * time;
                *place += *velocity * time;
            }
        }
    }

    /// Where they are: all places along x, then those along y and z.
    pub fn places(&self) -> Vec<f64> {
        self.place.concat()
    }

    /// Takes each pair of bodies once: what pulls one of them pulls the other as well.
    fn attract(&mut self) {
        self.acceleration.iter_mut().for_each(|axis| axis.fill(0.0));
        let count = self.mass.len();
        for at in 0..count {
            let body =
                Body { mass: self.mass[at], place: self.place.each_ref().map(|axis| axis[at]) };
            // Two at a time, which is what a vector register holds; then the last one.
            let later = at + 1;
            let even = later + (count - later) / 2 * 2;
            let two = self.attract_lanes::<2>(body, later..even);
            let last = self.attract_lanes::<1>(body, even..count);
            for (axis, acceleration) in self.acceleration.iter_mut().enumerate() {
                acceleration[at] += two[axis] + last[axis];
            }
        }
    }

    /// Accelerates the bodies in `range` towards `body`, `N` at a time; how they accelerate it.
    #[inline]
    fn attract_lanes<const N: usize>(&mut self, body: Body, range: Range<usize>) -> [f64; 3] {
        let masses = self.mass[range.clone()].as_chunks::<N>().0;
        let places = self.place.each_ref().map(|axis| axis[range.clone()].as_chunks::<N>().0);
        let accelerations =
            self.acceleration.each_mut().map(|axis| axis[range.clone()].as_chunks_mut::<N>().0);
        let mut sums = [[0.0; N]; 3];
        for (at, mass) in masses.iter().enumerate() {
            let way: [[f64; N]; 3] =
                from_fn(|axis| places[axis][at].map(|place| place - body.place[axis]));
            let [dx, dy, dz] = way;
            let squared: [f64; N] = from_fn(|lane| {
                dx[lane] * dx[lane] + dy[lane] * dy[lane] + dz[lane] * dz[lane] + SOFTENING
            });
            let distance = squared.map(f64::sqrt);
            let inverse_cube: [f64; N] = from_fn(|lane| 1.0 / (squared[lane] * distance[lane]));
            let pull: [f64; N] = from_fn(|lane| mass[lane] * inverse_cube[lane]);
            let push = inverse_cube.map(|inverse| body.mass * inverse);
            for axis in 0..3 {
                for lane in 0..N {
                    sums[axis][lane] += way[axis][lane] * pull[lane];
                    accelerations[axis][at][lane] -= way[axis][lane] * push[lane];
                }
            }
        }
        sums.map(|lanes| lanes.iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIME: f64 = 0.25;

    /// Where a body is after a step of `TIME`, by the textbook.
    fn place(bodies: &Bodies, at: usize) -> [f64; 3] {
        let place = |body: usize| bodies.place.each_ref().map(|axis| axis[body]);
        let mut acceleration = [0.0; 3];
        for other in (0..bodies.mass.len()).filter(|&other| other != at) {
            let way: [f64; 3] = from_fn(|axis| place(other)[axis] - place(at)[axis]);
            let squared = way.iter().map(|part| part * part).sum::<f64>() + SOFTENING;
            for (sum, part) in acceleration.iter_mut().zip(way) {
                *sum += bodies.mass[other] * part / squared.powf(1.5);
            }
        }
        from_fn(|axis| place(at)[axis] + acceleration[axis] * TIME * TIME)
    }

    #[test]
    fn any_number_of_bodies_moves_as_by_the_textbook() {
        for count in 0..=7 {
            let numbers = |seed: usize| -> Vec<f64> {
                (0..count).map(|at| ((at + 1) * (at + seed) % 13) as f64 / 3.0).collect()
            };
            let mut bodies = Bodies::new(numbers(1), numbers(3), numbers(5), numbers(8));
            let expected: Vec<_> = (0..count).map(|at| place(&bodies, at)).collect();
            bodies.step(TIME);
            for (at, expected) in expected.iter().enumerate() {
                for (axis, (place, expected)) in bodies.place.iter().zip(expected).enumerate() {
                    let apart = (place[at] - expected).abs();
                    assert!(apart < 1e-9, "body {at} of {count} is {apart} off along axis {axis}");
                }
            }
            assert_eq!(bodies.places().len(), 3 * count);
        }
    }
}
