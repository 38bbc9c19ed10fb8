//! The SVG as a PNG, drawn by `resvg` with an embedded Inter (SIL Open Font License, see `assets/Inter-OFL.txt`).
//!
//! Latin, Greek and Cyrillic look the same on every machine. A text with characters that the embedded face does not have is drawn with
//! the machine's fonts where it has them.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::HeatmapError;
use super::grid::Grid;
use super::scales::Theme;

const REGULAR: &[u8] = include_bytes!("assets/Inter-Regular.subset.otf");
const SEMIBOLD: &[u8] = include_bytes!("assets/Inter-SemiBold.subset.otf");
/// Pixels that a side may have: more is refused, not drawn badly.
const LIMIT: f32 = 32_000.0;

/// Draws grids one below the other, `density` pixels to a unit of the SVG (2 for print).
///
/// # Errors
/// [`HeatmapError::Picture`] if the picture would have a side of more than 32,000 pixels.
pub fn render(grids: &[&Grid], theme: Theme, density: f32) -> Result<Vec<u8>, HeatmapError> {
    let svg = super::svg::render(grids, theme)?;
    let fail = |e: &dyn std::fmt::Display| HeatmapError::Picture(e.to_string());
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(REGULAR.to_vec());
    fonts.load_font_data(SEMIBOLD.to_vec());
    fonts.set_sans_serif_family("Inter");
    if svg.chars().any(|c| !is_embedded(c)) {
        fonts.load_system_fonts();
    }
    let options = Options { font_family: "Inter".to_string(), fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).map_err(|e| fail(&e))?;
    let (width, height) = ((tree.size().width() * density).ceil(), (tree.size().height() * density).ceil());
    if width > LIMIT || height > LIMIT {
        return Err(HeatmapError::Picture(format!("it would have {width} x {height} pixels and the limit of a side is {LIMIT}")));
    }
    let mut pixels = Pixmap::new(width as u32, height as u32).ok_or_else(|| fail(&"it has no size"))?;
    resvg::render(&tree, Transform::from_scale(density, density), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fail(&e))
}

/// Whether the embedded face has the character.
fn is_embedded(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{45f}' | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201e}' | '…' | '−' | '€' | '•' | '→' | '\u{fffd}')
}
