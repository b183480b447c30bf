//! Names as words: how alike two names are, and by which substitution one becomes the other.

/// The words of a name in lower case: `wantEmessageTypes`, `want_emessage_types` and `WANT_EMESSAGE_TYPES` have the
/// same.
pub(crate) fn words(name: &str) -> Vec<String> {
    let bytes = name.as_bytes();
    let mut words = Vec::new();
    let mut word = String::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let upper_after_lower = byte.is_ascii_uppercase() && at > 0 && !bytes[at - 1].is_ascii_uppercase();
        let last_of_capitals =
            byte.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if (byte == b'_' || upper_after_lower || last_of_capitals) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if byte != b'_' {
            word.push(byte.to_ascii_lowercase() as char);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The words that differ between two names, where the rest of both is the same: `want_emessage_types` and
/// `want_emsg_types` differ in (`emessage`, `emsg`). Nothing where one name only has more words, or none are the same
/// in place of others.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Substitution {
    pub(crate) from: Vec<String>,
    pub(crate) to: Vec<String>,
}

impl Substitution {
    pub(crate) fn between(old: &[String], new: &[String]) -> Option<Self> {
        let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let (old, new) = (&old[before..], &new[before..]);
        let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        let (from, to) = (&old[..old.len() - behind], &new[..new.len() - behind]);
        if from.is_empty() || to.is_empty() {
            return None;
        }
        // `images` → `media` is the rule `image` → `media`.
        let (from_stems, to_stems) = (stems(from), stems(to));
        Some(if from_stems == to_stems {
            Substitution { from: from.to_vec(), to: to.to_vec() }
        } else {
            Substitution { from: from_stems, to: to_stems }
        })
    }

    /// The stems of what a name becomes, where the substitution applies to it.
    pub(crate) fn apply(&self, words: &[String]) -> Option<Vec<String>> {
        let words = stems(words);
        let at = words.windows(self.from.len()).position(|window| window == self.from)?;
        Some([&words[..at], &self.to, &words[at + self.from.len()..]].concat())
    }

    /// Both sides as a person writes them.
    pub(crate) fn texts(&self) -> (String, String) {
        (self.from.join("_"), self.to.join("_"))
    }
}

/// The words of a name, singular.
pub(crate) fn stems(words: &[String]) -> Vec<String> {
    let stem = |word: &String| match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.clone(),
    };
    words.iter().map(stem).collect()
}

/// How alike two names are: 1 the same words, 0 none in common. Words are aligned in order.
pub(crate) fn likeness(old: &[String], new: &[String]) -> f64 {
    let mut row = vec![0.0; new.len() + 1];
    for old_word in old {
        let mut diagonal = 0.0;
        for (at, new_word) in new.iter().enumerate() {
            let matched: f64 = diagonal + word_likeness(old_word, new_word);
            diagonal = row[at + 1];
            row[at + 1] = matched.max(row[at + 1]).max(row[at]);
        }
    }
    2.0 * row[new.len()] / f64::from((old.len() + new.len()) as u32)
}

/// Whether all words of the one name stand in the other, in order.
pub(crate) fn holds(long: &[String], short: &[String]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// Whether two names end in words that have nothing in common: `order_date` and `order_owner` are about other things.
pub(crate) fn ends_differ(old: &[String], new: &[String]) -> bool {
    match (old.last(), new.last()) {
        (Some(old), Some(new)) => word_likeness(old, new) <= 0.0,
        _ => false,
    }
}

/// How alike two words are: equal, singular and plural, abbreviated, or a few letters apart.
fn word_likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let plural = long.strip_prefix(short).is_some_and(|rest| rest == "s" || rest == "es")
        || short.strip_suffix('y').is_some_and(|stem| long.strip_prefix(stem) == Some("ies"));
    if plural {
        return 0.9;
    }
    if abbreviates(short, long) {
        return 0.8;
    }
    0.0
}

/// Whether `short` is `long` with letters left out, as `emsg` is `emessage`: it keeps the first letter and at least
/// three letters.
fn abbreviates(short: &str, long: &str) -> bool {
    if short.len() < 3 || short.as_bytes()[0] != long.as_bytes()[0] {
        return false;
    }
    let mut rest = long.bytes();
    short.bytes().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_every_casing() {
        for name in ["wantEmessageTypes", "want_emessage_types", "WANT_EMESSAGE_TYPES", "WantEmessageTypes"] {
            assert_eq!(words(name), ["want", "emessage", "types"], "{name}");
        }
        assert_eq!(words("HTMLParser2"), ["html", "parser2"]);
        assert_eq!(words("__x"), ["x"]);
    }

    #[test]
    fn a_substitution_is_what_differs_in_place() {
        let between = |old, new| Substitution::between(&words(old), &words(new)).map(|found| found.texts());
        assert_eq!(
            between("want_emessage_types", "want_emsg_types"),
            Some(("emessage".into(), "emsg".into()))
        );
        assert_eq!(
            between("productImageCreate", "productMediaCreate"),
            Some(("image".into(), "media".into()))
        );
        assert_eq!(between("zipCode", "postalCode"), Some(("zip".into(), "postal".into())));
        assert_eq!(between("imagesIds", "mediaIds"), Some(("image".into(), "media".into())));
        assert_eq!(between("orderLine", "orderLines"), Some(("line".into(), "lines".into())));
        assert_eq!(between("name", "fullName"), None);
        let rule = Substitution { from: words("zip"), to: words("postal") };
        assert_eq!(rule.apply(&words("shippingZipCodeRules")), Some(words("shippingPostalCodeRule")));
    }

    #[test]
    fn likeness_knows_plurals_and_abbreviations() {
        let likeness = |old, new| likeness(&words(old), &words(new));
        assert!(likeness("emessage_payload", "emsg_payload") > 0.85);
        assert!(likeness("copy", "copies") > 0.85);
        assert!(likeness("want_emessage_types", "want_messages") < 0.5);
        assert!(likeness("fax", "openingHours") < 0.01);
    }
}
