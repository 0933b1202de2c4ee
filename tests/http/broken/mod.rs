//! Input that is no picture, or not all of one, or one that would take forever: a corpus of broken
//! files by format, cuts and damage, and bodies of other kinds.

mod bmp;
mod bodies;
mod case;
mod cuts;
mod damage;
mod gif;
mod ico;
mod jpeg;
mod png;
mod pnm;
mod qoi;
mod tiff;
mod webp;
