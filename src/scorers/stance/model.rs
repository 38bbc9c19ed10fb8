//! Features in, a score and a class out: one linear combination for each class, by weights that are data.
//!
//! The weights stand in `stance_weights.tsv` beside this file, one line a feature: `feature  toward-positive  toward-negative`, against neutral
//! (multinomial logistic regression with the neutral class as the base). They were fitted by `philippic-fit-stance`
//! on `stance_sentences.train` alone; the head of the file is the report of the fit.

use super::features::{Feature, Features, Piece};

/// Fitted weights, by feature.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    positive: Vec<f32>,
    negative: Vec<f32>,
}

/// Beyond what a paragraph counts as for or against: set by hand on `stance_paragraphs.dev`.
const PARAGRAPH_FOR: f32 = -0.2;
const PARAGRAPH_AGAINST: f32 = -1.9;

/// The sum of logits that scores one half: a strong word said of somebody outright.
const HALF: f32 = 2.0;
/// Logit of an attitude of weight 1 ("X accused Y"). The fit never sees attitudes, since readers judge the target and not the holder; as
/// strong as what a verb says of its object.
const ATTITUDE: f32 = 2.6;

/// Least logit of a relation of weight 1: half of what a verb says of its subject.
const OUTRIGHT: f32 = 1.5;
/// The same for what is said of something of theirs: "X's work has saved lives".
const PART: f32 = 0.8;
/// The same for a word that says something of them without being in the stance lexicons, and for what stands near: the fit gives the words of
/// praise to the sum over the sentence, which no holder has.
const LINKED: f32 = 1.0;
const NEAR: f32 = 0.7;

/// A score and the weight it has among others: mean them by weight, and repeating a text changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lean {
    pub(crate) score: f32,
    pub(crate) weight: f32,
}

const WEIGHTS: &str = include_str!("stance_weights.tsv");

impl Model {
    /// The built-in weights.
    pub(crate) fn builtin() -> Model {
        Model::parse(WEIGHTS)
    }

    /// Reads weights; lines of features that this version does not know are passed over.
    pub(crate) fn parse(text: &str) -> Model {
        let mut model = Model { positive: vec![0.0; Feature::COUNT], negative: vec![0.0; Feature::COUNT] };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(name), Some(Ok(positive)), Some(Ok(negative))) =
                (columns.next(), columns.next().map(str::parse), columns.next().map(str::parse))
                && let Some(feature) = Feature::of(name)
            {
                model.positive[feature as usize] = positive;
                model.negative[feature as usize] = negative;
            }
        }
        model
    }

    fn logits(&self, values: &[f32]) -> (f32, f32) {
        values.iter().zip(self.positive.iter().zip(&self.negative)).fold((0.0, 0.0), |(p, n), (x, (wp, wn))| (p + x * wp, n + x * wn))
    }

    /// Score and class of a target, over all holders: the class that readers would see.
    pub(crate) fn class(&self, features: &Features) -> (f32, i8) {
        let (positive, negative) = self.logits(&features.values());
        let most = positive.max(negative).max(0.0);
        let (p, n, z) = ((positive - most).exp(), (negative - most).exp(), (-most).exp());
        let sum = p + n + z;
        let class = if p > n && p > z {
            1
        } else if n > z && n > p {
            -1
        } else {
            0
        };
        ((p - n) / sum, class)
    }

    /// The class of a paragraph whose mentions, article and tone come to so much.
    pub(crate) fn paragraph_class(&self, seen: f32) -> i8 {
        i8::from(seen > PARAGRAPH_FOR) - i8::from(seen < PARAGRAPH_AGAINST)
    }

    /// What one mention's evidence says for its holder, and how much of it there is. -1..1: the sum of what points somewhere, squeezed by
    /// `x / (|x| + HALF)`, so that one mild cue stays mild and many cues come near one without reaching it.
    pub(crate) fn lean<'p>(&self, pieces: impl Iterator<Item = &'p Piece>) -> Lean {
        let (mut sum, mut mass) = (0.0, 0.0);
        for piece in pieces.filter(|p| p.held > 0.0) {
            let logit = self.logit(piece) * piece.held;
            sum += logit;
            mass += logit.abs();
        }
        Lean { score: sum / (sum.abs() + HALF), weight: mass.sqrt() }
    }

    fn logit(&self, piece: &Piece) -> f32 {
        if matches!(piece.feature, Feature::AttitudeFor | Feature::AttitudeAgainst) {
            return if piece.feature == Feature::AttitudeFor { ATTITUDE * piece.value } else { -ATTITUDE * piece.value };
        }
        let at = piece.feature as usize;
        // What the words say is never turned by a weight that a rare feature got by chance, and what is said outright counts at least so
        // much: in the fit it shares its weight with what stands near.
        let sign = if piece.feature.is_for() { 1.0 } else { -1.0 };
        let least = if piece.feature.is_outright() {
            OUTRIGHT
        } else {
            match piece.feature {
                Feature::PartFor | Feature::PartAgainst => PART,
                Feature::LinkedFor | Feature::LinkedAgainst => LINKED,
                Feature::WordsBeforeFor | Feature::WordsAfterFor => NEAR,
                _ => 0.0,
            }
        };
        piece.value * sign * ((self.positive[at] - self.negative[at]) * sign).max(least)
    }

    /// What a piece adds to the score, before the sum is squeezed into -1..1.
    pub(crate) fn contribution(&self, piece: &Piece) -> f32 {
        let logit = self.logit(piece) * if piece.held > 0.0 { piece.held } else { 1.0 };
        logit / (logit.abs() + HALF)
    }
}
