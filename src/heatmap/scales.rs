//! The two colour scales, one for 0..1 and one for -1..1, in a light and a dark form.
//!
//! The domain of a scale never changes with the data: the same score has the same colour in every picture. Values are drawn in
//! steps of 0.05 ([`Scale::step`]), so that a page needs one style a step and the picture, the page and the terminal agree. Colours
//! between the stops are mixed in OKLab (Björn Ottosson, 2020), where equal steps look equal.
//!
//! The sequential scale runs through one hue (plum), the diverging one from rust (against) over a neutral to blue (for): a pair that
//! people with red-green blindness tell apart. Tests check it by simulation (Machado, Oliveira and Fernandes, 2009), that lightness
//! never turns back, and that the number on a cell has a contrast of at least 4.5 (WCAG AA).

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// What a picture is looked at on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Paper: more is darker.
    #[default]
    Light,
    /// A dark screen: more is brighter.
    Dark,
}

/// The domain of a score, and with it its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// 0..1: sarcasm, alarm.
    Sequential,
    /// -1..1: sentiment, stance.
    Diverging,
}

/// Steps from 0 to 1.
pub const STEPS: i32 = 20;

const SEQUENTIAL_LIGHT: &[(f32, Rgb)] = &[
    (0.0, Rgb(0xf3, 0xee, 0xf4)),
    (0.25, Rgb(0xdc, 0xc3, 0xe0)),
    (0.5, Rgb(0xb4, 0x85, 0xbf)),
    (0.75, Rgb(0x7e, 0x46, 0x91)),
    (1.0, Rgb(0x42, 0x14, 0x54)),
];
const SEQUENTIAL_DARK: &[(f32, Rgb)] = &[
    (0.0, Rgb(0x2a, 0x27, 0x2e)),
    (0.25, Rgb(0x4b, 0x35, 0x56)),
    (0.5, Rgb(0x7c, 0x4f, 0x90)),
    (0.75, Rgb(0xb5, 0x82, 0xc8)),
    (1.0, Rgb(0xf0, 0xcf, 0xf7)),
];
const DIVERGING_LIGHT: &[(f32, Rgb)] = &[
    (-1.0, Rgb(0x83, 0x2a, 0x0a)),
    (-0.5, Rgb(0xd4, 0x7c, 0x4f)),
    (0.0, Rgb(0xf1, 0xef, 0xea)),
    (0.5, Rgb(0x68, 0x9b, 0xcc)),
    (1.0, Rgb(0x0e, 0x3f, 0x78)),
];
const DIVERGING_DARK: &[(f32, Rgb)] = &[
    (-1.0, Rgb(0xff, 0xb0, 0x85)),
    (-0.5, Rgb(0xb3, 0x5c, 0x35)),
    (0.0, Rgb(0x2c, 0x2c, 0x2f)),
    (0.5, Rgb(0x3c, 0x75, 0xb0)),
    (1.0, Rgb(0xa3, 0xce, 0xff)),
];

impl Scale {
    /// The least value.
    pub fn min(self) -> f32 {
        match self {
            Scale::Sequential => 0.0,
            Scale::Diverging => -1.0,
        }
    }

    /// The step of a value: its twentieths, rounded; a value outside the domain is drawn as the nearest end of it.
    pub fn step(self, value: f32) -> i32 {
        let value = if value.is_finite() { value.clamp(self.min(), 1.0) } else { 0.0 };
        (value * STEPS as f32).round() as i32
    }

    /// All steps from the least to the greatest.
    pub fn steps(self) -> impl Iterator<Item = i32> {
        let first = if self == Scale::Sequential { 0 } else { -STEPS };
        first..=STEPS
    }

    /// The background of a step.
    pub fn colour(self, step: i32, theme: Theme) -> Rgb {
        let stops = match (self, theme) {
            (Scale::Sequential, Theme::Light) => SEQUENTIAL_LIGHT,
            (Scale::Sequential, Theme::Dark) => SEQUENTIAL_DARK,
            (Scale::Diverging, Theme::Light) => DIVERGING_LIGHT,
            (Scale::Diverging, Theme::Dark) => DIVERGING_DARK,
        };
        let at = step as f32 / STEPS as f32;
        let right = stops.iter().position(|(stop, _)| *stop >= at).unwrap_or(stops.len() - 1).max(1);
        let ((from, a), (to, b)) = (stops[right - 1], stops[right]);
        mix(a, b, ((at - from) / (to - from)).clamp(0.0, 1.0))
    }

    /// The colour of a number on a step: ink or white where that reads well, else black.
    pub fn ink(self, step: i32, theme: Theme) -> Rgb {
        let ground = self.colour(step, theme);
        let candidates = [Rgb(0x1c, 0x19, 0x17), Rgb(0xff, 0xff, 0xff)];
        candidates.into_iter().find(|&ink| contrast(ink, ground) >= 4.5).unwrap_or(Rgb(0, 0, 0))
    }

    /// The number as it stands in a cell of a page or a picture: `0.41`, `+0.40`, `−0.62`.
    pub fn number(self, value: f32) -> String {
        match self {
            Scale::Sequential => format!("{value:.2}"),
            // A rounded zero has no sign.
            Scale::Diverging if value.abs() < 0.005 => "0.00".to_string(),
            Scale::Diverging => format!("{value:+.2}").replace('-', "−"),
        }
    }
}

/// The contrast of two colours by WCAG 2, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f32 {
    let luminance = |c: Rgb| {
        let [r, g, b] = linear(c);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    let (a, b) = (oklab(linear(a)), oklab(linear(b)));
    let [l, m, s] = [0, 1, 2].map(|i| a[i] + (b[i] - a[i]) * t);
    let cone = [l + 0.396_337_78 * m + 0.215_803_76 * s, l - 0.105_561_346 * m - 0.063_854_17 * s, l - 0.089_484_18 * m - 1.291_485_5 * s]
        .map(|x| x * x * x);
    let linear = [
        4.076_741_7 * cone[0] - 3.307_711_6 * cone[1] + 0.230_969_94 * cone[2],
        -1.268_438 * cone[0] + 2.609_757_4 * cone[1] - 0.341_319_38 * cone[2],
        -0.004_196_086_3 * cone[0] - 0.703_418_6 * cone[1] + 1.707_614_7 * cone[2],
    ];
    let [r, g, b] = linear.map(|x| {
        let x = x.clamp(0.0, 1.0);
        let srgb = if x <= 0.003_130_8 { 12.92 * x } else { 1.055 * x.powf(1.0 / 2.4) - 0.055 };
        (srgb * 255.0).round() as u8
    });
    Rgb(r, g, b)
}

fn linear(colour: Rgb) -> [f32; 3] {
    [colour.0, colour.1, colour.2].map(|byte| {
        let x = f32::from(byte) / 255.0;
        if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
    })
}

fn oklab([r, g, b]: [f32; 3]) -> [f32; 3] {
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [(Scale, Theme); 4] = [
        (Scale::Sequential, Theme::Light),
        (Scale::Sequential, Theme::Dark),
        (Scale::Diverging, Theme::Light),
        (Scale::Diverging, Theme::Dark),
    ];

    /// How a colour looks with full protanopia, deuteranopia and tritanopia (Machado 2009, severity 1), in OKLab.
    fn seen(colour: Rgb) -> Vec<[f32; 3]> {
        const PROTAN: [[f32; 3]; 3] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];
        const DEUTAN: [[f32; 3]; 3] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];
        const TRITAN: [[f32; 3]; 3] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];
        let rgb = linear(colour);
        let full = std::iter::once(oklab(rgb));
        let blind = [PROTAN, DEUTAN, TRITAN]
            .into_iter()
            .map(|matrix| oklab(matrix.map(|row| (row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]).clamp(0.0, 1.0))));
        full.chain(blind).collect()
    }

    fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
        (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f32>().sqrt()
    }

    #[test]
    fn numbers_are_readable_on_every_step() {
        for (scale, theme) in ALL {
            for step in scale.steps() {
                let contrast = contrast(scale.ink(step, theme), scale.colour(step, theme));
                assert!(contrast >= 4.5, "{scale:?} {theme:?} {step}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn more_is_always_further_from_the_ground_for_every_eye() {
        for (scale, theme) in ALL {
            let ends: &[i32] = if scale == Scale::Diverging { &[-1, 1] } else { &[1] };
            for end in ends {
                for step in 1..=STEPS {
                    let (less, more) = (seen(scale.colour(end * (step - 1), theme)), seen(scale.colour(end * step, theme)));
                    for (eye, (less, more)) in less.iter().zip(&more).enumerate() {
                        let ordered = if theme == Theme::Light { more[0] < less[0] } else { more[0] > less[0] };
                        assert!(ordered, "{scale:?} {theme:?} {} for eye {eye}: {less:?} {more:?}", end * step);
                    }
                }
            }
        }
    }

    #[test]
    fn against_and_for_differ_for_every_eye() {
        // A difference of 0.02 is just seen; two and a half of that at 0.2, more from there.
        const LEAST: f32 = 0.05;
        for theme in [Theme::Light, Theme::Dark] {
            for step in 4..=STEPS {
                let (minus, plus) = (seen(Scale::Diverging.colour(-step, theme)), seen(Scale::Diverging.colour(step, theme)));
                for (eye, (minus, plus)) in minus.iter().zip(&plus).enumerate() {
                    assert!(distance(*minus, *plus) > LEAST, "{theme:?} {step} for eye {eye}: {:.3}", distance(*minus, *plus));
                }
            }
        }
    }

    #[test]
    fn the_domain_is_fixed() {
        let rows = [
            (Scale::Sequential, 0.0, 0),
            (Scale::Sequential, 0.024, 0),
            (Scale::Sequential, 0.026, 1),
            (Scale::Sequential, 7.0, STEPS),
            (Scale::Sequential, -1.0, 0),
            (Scale::Diverging, -1.0, -STEPS),
            (Scale::Diverging, 0.5, 10),
            (Scale::Diverging, f32::NAN, 0),
        ];
        for (scale, value, step) in rows {
            assert_eq!(scale.step(value), step, "{scale:?} {value}");
        }
        assert_eq!(Scale::Diverging.colour(-STEPS, Theme::Light), DIVERGING_LIGHT[0].1);
        assert_eq!(Scale::Sequential.colour(STEPS, Theme::Dark), SEQUENTIAL_DARK[4].1);
    }

    #[test]
    fn numbers() {
        assert_eq!([-0.621, 0.4, -0.001].map(|v| Scale::Diverging.number(v)), ["−0.62", "+0.40", "0.00"]);
        assert_eq!(Scale::Sequential.number(0.405), "0.41");
    }
}
