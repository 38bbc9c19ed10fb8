//! The kernels that sort 64 bytes into [`Masks`], and the choice among them at run time.
//!
//! The only file of the crate with `unsafe` in it. Three reasons make the blocks of it sound:
//! vector instructions run only where the processor has them (each kernel is a type whose values are made only after the
//! question was asked), memory is read only through `&[u8; 64]`, 64 bytes that are there, and words are cut
//! only at characters ([`slice`]).
//!
//! AVX-512 is left out: no machine of the project has it, and an untested kernel is worse than none.
#![allow(unsafe_code)]

use super::masks::Masks;
use super::portable;

/// The vector instructions that classify bytes.
///
/// [`Kernel::best`] is what [`words`](super::words) uses; the others are there to test and measure each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kernel(Kind);

// Private: a value of a vector kind is proof that the processor has the instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Sse2,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "aarch64")]
    Neon,
}

impl Kernel {
    /// The fastest that this processor has. The answer is cached by the standard library.
    #[inline]
    pub fn best() -> Kernel {
        #[cfg(target_arch = "x86_64")]
        {
            if x86_64::Avx2Kernel::detected() {
                return Kernel(Kind::Avx2);
            }
            // Part of every x86_64 processor.
            return Kernel(Kind::Sse2);
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            return Kernel(Kind::Neon);
        }
        #[allow(unreachable_code)]
        Kernel(Kind::Portable)
    }

    /// All that this processor has.
    pub fn all() -> Vec<Kernel> {
        let mut all = vec![Kernel(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        all.push(Kernel(Kind::Sse2));
        if !all.contains(&Kernel::best()) {
            all.push(Kernel::best());
        }
        all
    }

    /// Its name: `portable`, `sse2`, `avx2` or `neon`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Sse2 => "sse2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => "neon",
        }
    }

    /// Runs a task, compiled for the instructions of the kernel.
    #[inline]
    pub(in crate::segment) fn run<T: Task>(self, task: T) -> T::Output {
        match self.0 {
            Kind::Portable => task.run(PortableKernel),
            #[cfg(target_arch = "x86_64")]
            Kind::Sse2 => task.run(x86_64::Sse2Kernel::new()),
            // SAFETY: `Kernel::best` makes this kind only where the instructions were detected.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { x86_64::run_avx2(task) },
            // SAFETY: `Kernel::best` makes this kind only where NEON was detected.
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => unsafe { aarch64::run_neon(task) },
        }
    }
}

/// What sorts 64 bytes. A value of a vector kernel is proof that the processor has its instructions.
pub(in crate::segment) trait Classify: Copy {
    /// Sorts the 64 bytes into `masks`. Those of the non-ASCII characters are set only as far as the window has such bytes.
    fn classify(self, window: &[u8; 64], masks: &mut Masks);

    /// The same as a call of a function of its own, for callers that are not inlined into [`Task::run`]: they lack the instructions, and
    /// there each operation on a vector would be a call.
    fn classify_apart(self, window: &[u8; 64], masks: &mut Masks);
}

/// A kernel for functions that are not inlined into [`Task::run`].
#[derive(Clone, Copy)]
pub(super) struct Apart<K>(pub(super) K);

impl<K: Classify> Classify for Apart<K> {
    #[inline(always)]
    fn classify(self, window: &[u8; 64], masks: &mut Masks) {
        self.0.classify_apart(window, masks);
    }

    #[inline(always)]
    fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
        self.0.classify_apart(window, masks);
    }
}

/// Something to do with a kernel: a function that [`Kernel::run`] compiles once for each, so that the loop around the kernel has its
/// instructions too.
///
/// `run` must be `#[inline(always)]`.
pub(in crate::segment) trait Task {
    type Output;
    fn run(self, kernel: impl Classify) -> Self::Output;
}

impl Classify for Kernel {
    #[inline(always)]
    fn classify(self, window: &[u8; 64], masks: &mut Masks) {
        match self.0 {
            Kind::Portable => portable::classify(window, masks),
            // SAFETY: SSE2 is part of every x86_64 processor.
            #[cfg(target_arch = "x86_64")]
            Kind::Sse2 => unsafe { x86_64::classify_sse2(window, masks) },
            // SAFETY: `Kernel::best` makes this kind only where AVX2 was detected.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { x86_64::classify_avx2(window, masks) },
            // SAFETY: `Kernel::best` makes this kind only where NEON was detected.
            #[cfg(target_arch = "aarch64")]
            Kind::Neon => unsafe { aarch64::classify_neon(window, masks) },
        }
    }

    #[inline(always)]
    fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
        self.classify(window, masks);
    }
}

#[derive(Clone, Copy)]
struct PortableKernel;

impl Classify for PortableKernel {
    #[inline(always)]
    fn classify(self, window: &[u8; 64], masks: &mut Masks) {
        portable::classify(window, masks);
    }

    #[inline(always)]
    fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
        portable::classify(window, masks);
    }
}

/// A mask of which the optimiser does not know where it comes from: where it sees a shift of a mask that was gathered from a vector,
/// LLVM may take the mask apart into 64 vector lanes, at ten times the cost.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[inline(always)]
fn opaque(mask: u64) -> u64 {
    #[cfg(not(miri))]
    {
        let mut mask = mask;
        // SAFETY: no instruction at all; the register keeps its value.
        unsafe { std::arch::asm!("/* {0} */", inout(reg) mask, options(pure, nomem, nostack, preserves_flags)) };
        mask
    }
    #[cfg(miri)]
    mask
}

/// `text[start..end]` without a look at the bytes on both sides, which costs as much as finding the word did.
///
/// Both offsets must be boundaries that [`Blocks`](super::Blocks) found, or the ends of the text, in this order.
#[inline(always)]
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    debug_assert!(start <= end && text.is_char_boundary(start) && text.is_char_boundary(end));
    // SAFETY: a boundary is inside the text and stands before the first byte of a character: a block starts at one, and inside it
    // each bit of `bounds` is at an ASCII byte, at the first byte of a character that the masks know whole, or where
    // `rules::stretch` read one. A word ends behind its start: its end is a later bit, or one of a later block.
    unsafe { text.get_unchecked(start..end) }
}

/// 64 bytes in vector registers.
///
/// # Safety
/// Each function needs the instructions that the type stands for.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
trait Bytes64: Copy {
    unsafe fn load(window: &[u8; 64]) -> Self;
    /// 0xff where the byte is `byte`, else 0.
    unsafe fn is(self, byte: u8) -> Self;
    /// 0xff where the byte is in `low..=high`, else 0.
    unsafe fn within(self, low: u8, high: u8) -> Self;
    /// Sets the bit that tells capital letters from small ones.
    unsafe fn lower_case(self) -> Self;
    unsafe fn or(self, other: Self) -> Self;
    /// The highest bit of each byte.
    unsafe fn bits(self) -> u64;
}

/// One operation on each register. A closure would not do: it has none of the instructions of the function around it.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! each {
    ($name:ident[$($i:literal)*] $v:ident in $from:expr => $operation:expr) => {
        $name([$({ let $v = $from.0[$i]; $operation }),*])
    };
}

/// Sorts 64 bytes.
///
/// Only comparisons: what combines them is safe code, in [`masks`](super::masks).
///
/// # Safety
/// The processor has the instructions of `B`. Inlined into a function that enables them.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
#[inline(always)]
unsafe fn classify<B: Bytes64>(window: &[u8; 64], masks: &mut Masks) {
    // SAFETY: the caller vouches for the instructions.
    unsafe {
        let v = B::load(window);
        masks.letters = v.lower_case().within(b'a', b'z').bits();
        masks.capitals = v.within(b'A', b'Z').bits();
        masks.digits = v.within(b'0', b'9').bits();
        masks.underscores = v.is(b'_').bits();
        masks.colons = v.is(b':').bits();
        masks.dots = v.is(b'.').or(v.is(b'\'')).bits();
        masks.commas = v.is(b',').or(v.is(b';')).bits();
        masks.plain = v.is(b',').or(v.is(b'?')).or(v.is(b'!').or(v.is(b'"'))).or(v.is(b')')).bits();
        masks.spaces = v.is(b' ').bits();
        masks.returns = v.is(b'\r').bits();
        masks.line_feeds = v.is(b'\n').bits();
        masks.non_ascii = v.bits();
        if masks.non_ascii == 0 {
            return;
        }
        let triples = &mut masks.triples;
        triples.e2 = v.is(0xe2).bits();
        if triples.e2 != 0 {
            triples.x80 = v.is(0x80).bits();
            triples.x98_99 = v.within(0x98, 0x99).bits();
            triples.x90_a6 = v.within(0x90, 0xa3).or(v.within(0xa5, 0xa6)).bits();
        }
        let pairs = &mut masks.pairs;
        pairs.first = v.within(0xc2, 0xd3).bits();
        if pairs.first != 0 {
            pairs.letter = v.within(0xc3, 0xca).or(v.within(0xce, 0xd3)).bits();
            pairs.c2 = v.is(0xc2).bits();
            pairs.c2_other = v.within(0xa0, 0xa8).or(v.is(0xab)).or(v.is(0xb0)).or(v.is(0xbb)).bits();
            pairs.c3 = v.is(0xc3).bits();
            pairs.c3_other = v.is(0x97).or(v.is(0xb7)).bits();
            pairs.ce = v.is(0xce).bits();
            pairs.ce_hard = v.within(0x80, 0x8d).or(v.is(0xa2)).bits();
            pairs.cf = v.is(0xcf).bits();
            pairs.cf_hard = v.is(0xb6).bits();
            pairs.d2 = v.is(0xd2).bits();
            pairs.d2_hard = v.within(0x80, 0x89).bits();
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use std::arch::x86_64::*;

    use super::{Bytes64, Classify, Masks, Task, opaque};

    /// Proof of AVX2 and the bit instructions that came with it.
    #[derive(Clone, Copy)]
    pub(super) struct Avx2Kernel(());

    impl Avx2Kernel {
        pub(super) fn detected() -> bool {
            use std::arch::is_x86_feature_detected as has;
            has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
        }
    }

    impl Classify for Avx2Kernel {
        #[inline(always)]
        fn classify(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: `self` was made in `run_avx2`, which needs the instructions.
            unsafe { super::classify::<Avx2>(window, masks) }
        }

        #[inline(always)]
        fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: `self` was made in `run_avx2`, where its instructions are.
            unsafe { classify_avx2(window, masks) }
        }
    }

    /// # Safety
    /// Needs the instructions of [`Avx2Kernel::detected`].
    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) unsafe fn run_avx2<T: Task>(task: T) -> T::Output {
        task.run(Avx2Kernel(()))
    }

    /// Proof of SSE2, which every x86_64 processor has.
    #[derive(Clone, Copy)]
    pub(super) struct Sse2Kernel(());

    impl Sse2Kernel {
        pub(super) fn new() -> Sse2Kernel {
            Sse2Kernel(())
        }
    }

    impl Classify for Sse2Kernel {
        #[inline(always)]
        fn classify(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: SSE2 is part of every x86_64 processor.
            unsafe { super::classify::<Sse2>(window, masks) }
        }

        #[inline(always)]
        fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: SSE2 is part of every x86_64 processor.
            unsafe { classify_sse2(window, masks) }
        }
    }

    /// # Safety
    /// Needs AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn classify_avx2(window: &[u8; 64], masks: &mut Masks) {
        // SAFETY: this function is called only where its instructions are.
        unsafe { super::classify::<Avx2>(window, masks) }
    }

    /// # Safety
    /// Needs SSE2.
    #[target_feature(enable = "sse2")]
    pub(super) unsafe fn classify_sse2(window: &[u8; 64], masks: &mut Masks) {
        // SAFETY: this function is called only where its instructions are.
        unsafe { super::classify::<Sse2>(window, masks) }
    }

    #[derive(Clone, Copy)]
    struct Avx2([__m256i; 2]);

    impl Bytes64 for Avx2 {
        #[inline(always)]
        unsafe fn load(window: &[u8; 64]) -> Self {
            let start: *const __m256i = window.as_ptr().cast();
            // SAFETY: two unaligned loads of 32 bytes from the 64 of `window`.
            unsafe { Avx2([_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1))]) }
        }
        #[inline(always)]
        unsafe fn is(self, byte: u8) -> Self {
            // SAFETY: the caller has AVX2, as for all below.
            unsafe { each!(Avx2[0 1] v in self => _mm256_cmpeq_epi8(v, _mm256_set1_epi8(byte as i8))) }
        }
        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> Self {
            // SAFETY: as above.
            unsafe {
                each!(Avx2[0 1] v in self => {
                    let above = _mm256_sub_epi8(v, _mm256_set1_epi8(low as i8));
                    _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8((high - low) as i8)), above)
                })
            }
        }
        #[inline(always)]
        unsafe fn lower_case(self) -> Self {
            // SAFETY: as above.
            unsafe { each!(Avx2[0 1] v in self => _mm256_or_si256(v, _mm256_set1_epi8(0x20))) }
        }
        #[inline(always)]
        unsafe fn or(self, other: Self) -> Self {
            // SAFETY: as above.
            unsafe { Avx2([_mm256_or_si256(self.0[0], other.0[0]), _mm256_or_si256(self.0[1], other.0[1])]) }
        }
        #[inline(always)]
        unsafe fn bits(self) -> u64 {
            // SAFETY: as above.
            unsafe {
                let [a, b] = [_mm256_movemask_epi8(self.0[0]), _mm256_movemask_epi8(self.0[1])];
                opaque(u64::from(a as u32) | u64::from(b as u32) << 32)
            }
        }
    }

    #[derive(Clone, Copy)]
    struct Sse2([__m128i; 4]);

    impl Bytes64 for Sse2 {
        #[inline(always)]
        unsafe fn load(window: &[u8; 64]) -> Self {
            let start: *const __m128i = window.as_ptr().cast();
            // SAFETY: four unaligned loads of 16 bytes from the 64 of `window`.
            unsafe {
                Sse2([_mm_loadu_si128(start), _mm_loadu_si128(start.add(1)), _mm_loadu_si128(start.add(2)), _mm_loadu_si128(start.add(3))])
            }
        }
        #[inline(always)]
        unsafe fn is(self, byte: u8) -> Self {
            // SAFETY: the caller has SSE2, as for all below.
            unsafe { each!(Sse2[0 1 2 3] v in self => _mm_cmpeq_epi8(v, _mm_set1_epi8(byte as i8))) }
        }
        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> Self {
            // SAFETY: as above.
            unsafe {
                each!(Sse2[0 1 2 3] v in self => {
                    let above = _mm_sub_epi8(v, _mm_set1_epi8(low as i8));
                    _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8((high - low) as i8)), above)
                })
            }
        }
        #[inline(always)]
        unsafe fn lower_case(self) -> Self {
            // SAFETY: as above.
            unsafe { each!(Sse2[0 1 2 3] v in self => _mm_or_si128(v, _mm_set1_epi8(0x20))) }
        }
        #[inline(always)]
        unsafe fn or(self, other: Self) -> Self {
            // SAFETY: as above.
            unsafe {
                Sse2([
                    _mm_or_si128(self.0[0], other.0[0]),
                    _mm_or_si128(self.0[1], other.0[1]),
                    _mm_or_si128(self.0[2], other.0[2]),
                    _mm_or_si128(self.0[3], other.0[3]),
                ])
            }
        }
        #[inline(always)]
        unsafe fn bits(self) -> u64 {
            // SAFETY: as above.
            unsafe {
                let [a, b] = [_mm_movemask_epi8(self.0[0]), _mm_movemask_epi8(self.0[1])];
                let [c, d] = [_mm_movemask_epi8(self.0[2]), _mm_movemask_epi8(self.0[3])];
                let (low, high) = (a as u32 | (b as u32) << 16, c as u32 | (d as u32) << 16);
                opaque(u64::from(low) | u64::from(high) << 32)
            }
        }
    }
}

#[cfg(target_arch = "aarch64")]
mod aarch64 {
    use std::arch::aarch64::*;

    use super::{Bytes64, Classify, Masks, Task, opaque};

    /// Proof of NEON.
    #[derive(Clone, Copy)]
    pub(super) struct NeonKernel(());

    impl Classify for NeonKernel {
        #[inline(always)]
        fn classify(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: `self` was made in `run_neon`, which needs the instructions.
            unsafe { super::classify::<Neon>(window, masks) }
        }

        #[inline(always)]
        fn classify_apart(self, window: &[u8; 64], masks: &mut Masks) {
            // SAFETY: `self` was made in `run_neon`, where its instructions are.
            unsafe { classify_neon(window, masks) }
        }
    }

    /// # Safety
    /// Needs NEON.
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn run_neon<T: Task>(task: T) -> T::Output {
        task.run(NeonKernel(()))
    }

    /// # Safety
    /// Needs NEON.
    #[target_feature(enable = "neon")]
    pub(super) unsafe fn classify_neon(window: &[u8; 64], masks: &mut Masks) {
        // SAFETY: this function is called only where its instructions are.
        unsafe { super::classify::<Neon>(window, masks) }
    }

    #[derive(Clone, Copy)]
    struct Neon([uint8x16_t; 4]);

    /// The bit that each byte of 8 stands for.
    static BIT: [u8; 16] = [1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128];

    impl Bytes64 for Neon {
        #[inline(always)]
        unsafe fn load(window: &[u8; 64]) -> Self {
            let start = window.as_ptr();
            // SAFETY: four loads of 16 bytes from the 64 of `window`.
            unsafe { Neon([vld1q_u8(start), vld1q_u8(start.add(16)), vld1q_u8(start.add(32)), vld1q_u8(start.add(48))]) }
        }
        #[inline(always)]
        unsafe fn is(self, byte: u8) -> Self {
            // SAFETY: the caller has NEON, as for all below.
            unsafe { each!(Neon[0 1 2 3] v in self => vceqq_u8(v, vdupq_n_u8(byte))) }
        }
        #[inline(always)]
        unsafe fn within(self, low: u8, high: u8) -> Self {
            // SAFETY: as above.
            unsafe { each!(Neon[0 1 2 3] v in self => vcleq_u8(vsubq_u8(v, vdupq_n_u8(low)), vdupq_n_u8(high - low))) }
        }
        #[inline(always)]
        unsafe fn lower_case(self) -> Self {
            // SAFETY: as above.
            unsafe { each!(Neon[0 1 2 3] v in self => vorrq_u8(v, vdupq_n_u8(0x20))) }
        }
        #[inline(always)]
        unsafe fn or(self, other: Self) -> Self {
            // SAFETY: as above.
            unsafe {
                Neon([
                    vorrq_u8(self.0[0], other.0[0]),
                    vorrq_u8(self.0[1], other.0[1]),
                    vorrq_u8(self.0[2], other.0[2]),
                    vorrq_u8(self.0[3], other.0[3]),
                ])
            }
        }
        #[inline(always)]
        unsafe fn bits(self) -> u64 {
            // SAFETY: as above; `BIT` has the 16 bytes that are loaded.
            unsafe {
                let bit = vld1q_u8(BIT.as_ptr());
                // Each byte becomes its bit or 0; adding neighbours three times packs 64 bytes into 8.
                let [a, b, c, d] =
                    each!(Neon[0 1 2 3] v in self => vandq_u8(vreinterpretq_u8_s8(vshrq_n_s8::<7>(vreinterpretq_s8_u8(v))), bit)).0;
                let sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
                opaque(vgetq_lane_u64::<0>(vreinterpretq_u64_u8(vpaddq_u8(sum, sum))))
            }
        }
    }
}
