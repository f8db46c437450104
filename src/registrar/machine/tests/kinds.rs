//! Sets of kinds are sets.

use crate::registrar::machine::kinds::Kinds;
use crate::vendor::TokenKind;

#[test]
fn sets_of_kinds_are_sets() {
    let both = [
        Kinds::NONE,
        Kinds::ALL,
        Kinds::from_iter([TokenKind::Standard]),
        Kinds::from_iter([TokenKind::Voip]),
    ];
    for (one, other) in both.into_iter().flat_map(|one| both.map(|other| (one, other))) {
        for kind in TokenKind::ALL.iter().copied() {
            let (in_one, in_other) = (one.contains(kind), other.contains(kind));
            assert_eq!(one.union(other).contains(kind), in_one || in_other);
            assert_eq!(one.intersection(other).contains(kind), in_one && in_other);
            assert_eq!(one.without(other).contains(kind), in_one && !in_other);
        }
        assert_eq!(one.is_empty(), one.iter().next().is_none());
    }
}
