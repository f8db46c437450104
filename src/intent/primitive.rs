//! The values of extras that are no text, with their type beside the bits, so that reading one branches no more than needed.

/// A value of one of Java's primitive types.
#[derive(Clone, Copy)]
pub(super) struct Primitive {
    pub(super) kind: Kind,
    /// Whole numbers extended to 64 bits by their sign, floating point as its bits, the rest as it is.
    bits: u64,
}

/// A primitive type. Each is named by a letter in an intent URI.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    Byte,
    Char,
    Double,
    Float,
    Int,
    Long,
    Short,
}

impl Primitive {
    pub(super) fn boolean(value: bool) -> Self {
        Self { kind: Kind::Boolean, bits: u64::from(value) }
    }

    pub(super) fn char(unit: u16) -> Self {
        Self { kind: Kind::Char, bits: u64::from(unit) }
    }

    pub(super) fn double(value: f64) -> Self {
        Self { kind: Kind::Double, bits: value.to_bits() }
    }

    pub(super) fn float(value: f32) -> Self {
        Self { kind: Kind::Float, bits: u64::from(value.to_bits()) }
    }

    pub(super) fn whole(kind: Kind, value: i64) -> Self {
        Self { kind, bits: u64::from_ne_bytes(value.to_ne_bytes()) }
    }

    pub(super) fn as_boolean(self) -> bool {
        self.bits != 0
    }

    pub(super) fn as_char(self) -> u16 {
        self.narrow()
    }

    pub(super) fn as_double(self) -> f64 {
        f64::from_bits(self.bits)
    }

    pub(super) fn as_float(self) -> f32 {
        f32::from_bits(self.narrow())
    }

    pub(super) fn as_whole(self) -> i64 {
        i64::from_ne_bytes(self.bits.to_ne_bytes())
    }

    /// What stands before the key in a URI.
    pub(super) fn item_begin(self) -> &'static str {
        match self.kind {
            Kind::Boolean => ";B.",
            Kind::Byte => ";b.",
            Kind::Char => ";c.",
            Kind::Double => ";d.",
            Kind::Float => ";f.",
            Kind::Int => ";i.",
            Kind::Long => ";l.",
            Kind::Short => ";s.",
        }
    }

    /// The bits in a narrower type, which they were made from.
    fn narrow<T: TryFrom<u64> + Default>(self) -> T {
        T::try_from(self.bits).unwrap_or_default()
    }
}
