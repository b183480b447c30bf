//! Names as words: how alike two names are, and by which substitution one becomes the other.

use hashbrown::HashMap;

/// A word of a [`Vocabulary`]. Names are held against each other many times, and most of their words are not alike: a
/// number and a first letter tell that at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Word {
    number: u32,
    initial: u8,
}

/// All words of the names that are compared, in lower case.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<Box<str>, Word>,
    entries: Vec<Entry>,
    /// A buffer for the word that is being read.
    letters: String,
}

#[derive(Debug)]
struct Entry {
    text: Box<str>,
    /// The word as singular; itself where it is no plural.
    stem: Word,
}

impl Vocabulary {
    /// The words of a name: `wantEmessageTypes`, `want_emessage_types` and `WANT_EMESSAGE_TYPES` have the same.
    pub(crate) fn words(&mut self, name: &str) -> Vec<Word> {
        let bytes = name.as_bytes();
        let mut words = Vec::new();
        let mut letters = std::mem::take(&mut self.letters);
        letters.clear();
        for (at, &byte) in bytes.iter().enumerate() {
            let upper_after_lower =
                byte.is_ascii_uppercase() && at > 0 && !bytes[at - 1].is_ascii_uppercase();
            let last_of_capitals =
                byte.is_ascii_uppercase() && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            if (byte == b'_' || upper_after_lower || last_of_capitals) && !letters.is_empty() {
                words.push(self.number(&letters));
                letters.clear();
            }
            if byte != b'_' {
                letters.push(byte.to_ascii_lowercase() as char);
            }
        }
        if !letters.is_empty() {
            words.push(self.number(&letters));
        }
        self.letters = letters;
        words
    }

    fn number(&mut self, text: &str) -> Word {
        if let Some(&word) = self.numbers.get(text) {
            return word;
        }
        let stem = text.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']));
        let stem = stem.map(|stem| self.number(stem));
        let word = Word { number: self.entries.len() as u32, initial: text.as_bytes()[0] };
        self.entries.push(Entry { text: text.into(), stem: stem.unwrap_or(word) });
        self.numbers.insert(text.into(), word);
        word
    }

    fn text(&self, word: Word) -> &str {
        &self.entries[word.number as usize].text
    }

    /// A word as singular.
    pub(crate) fn stem(&self, word: Word) -> Word {
        self.entries[word.number as usize].stem
    }

    /// The words of a name, singular.
    pub(crate) fn stems(&self, words: &[Word]) -> Vec<Word> {
        words.iter().map(|&word| self.stem(word)).collect()
    }

    /// The substitution of words by which the one name becomes the other: `want_emessage_types` and `want_emsg_types`
    /// differ in (`emessage`, `emsg`).
    pub(crate) fn substitution(&self, old: &[Word], new: &[Word]) -> Option<Substitution> {
        let (from, to) = difference(old, new)?;
        // `images` → `media` is the rule `image` → `media`.
        let (from_stems, to_stems) = (self.stems(from), self.stems(to));
        Some(if from_stems == to_stems {
            Substitution { from: from.to_vec(), to: to.to_vec() }
        } else {
            Substitution { from: from_stems, to: to_stems }
        })
    }

    /// The stems of what a name becomes, where the substitution applies to it.
    pub(crate) fn apply(&self, rule: &Substitution, words: &[Word]) -> Option<Vec<Word>> {
        let words = self.stems(words);
        let at = words.windows(rule.from.len()).position(|window| window == rule.from)?;
        Some([&words[..at], &rule.to, &words[at + rule.from.len()..]].concat())
    }

    /// Both sides of a substitution as a person writes them.
    pub(crate) fn texts(&self, rule: &Substitution) -> (String, String) {
        let text = |words: &[Word]| words.iter().map(|&word| self.text(word)).collect::<Vec<_>>().join("_");
        (text(&rule.from), text(&rule.to))
    }

    /// How alike two names are: 1 the same words, 0 none in common. Words are aligned in order.
    pub(crate) fn likeness(&self, old: &[Word], new: &[Word]) -> f64 {
        const FEW: usize = 16;
        let (mut few, mut many) = ([0.0; FEW + 1], Vec::new());
        let row = if new.len() <= FEW {
            &mut few[..]
        } else {
            many.resize(new.len() + 1, 0.0);
            &mut many[..]
        };
        for &old_word in old {
            // Words that are alike begin alike: most are like no word of the other name.
            if new.iter().all(|word| word.initial != old_word.initial) {
                continue;
            }
            let mut diagonal = 0.0;
            for (at, &new_word) in new.iter().enumerate() {
                let matched: f64 = diagonal + self.word_likeness(old_word, new_word);
                diagonal = row[at + 1];
                row[at + 1] = matched.max(row[at + 1]).max(row[at]);
            }
        }
        2.0 * row[new.len()] / f64::from((old.len() + new.len()) as u32)
    }

    /// Whether two names end in words that have nothing in common: `order_date` and `order_owner` are about other
    /// things.
    pub(crate) fn ends_differ(&self, old: &[Word], new: &[Word]) -> bool {
        match (old.last(), new.last()) {
            (Some(&old), Some(&new)) => self.word_likeness(old, new) <= 0.0,
            _ => false,
        }
    }

    /// How alike two words are: equal, singular and plural, abbreviated.
    fn word_likeness(&self, one: Word, other: Word) -> f64 {
        if one == other {
            return 1.0;
        }
        if one.initial != other.initial {
            return 0.0;
        }
        let (one, other) = (self.text(one), self.text(other));
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
}

/// What is put in place of which words.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Substitution {
    pub(crate) from: Vec<Word>,
    pub(crate) to: Vec<Word>,
}

/// The words that differ between two names, where the rest of both is the same. Nothing where one name only has more
/// words.
pub(crate) fn difference<'n>(old: &'n [Word], new: &'n [Word]) -> Option<(&'n [Word], &'n [Word])> {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[before..], &new[before..]);
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (from, to) = (&old[..old.len() - behind], &new[..new.len() - behind]);
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// Whether all words of the one name stand in the other, in order.
pub(crate) fn holds(long: &[Word], short: &[Word]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| other == word))
}

/// Whether `short` is `long` with letters left out, as `emsg` is `emessage`: it keeps at least three letters.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.bytes();
    short.len() >= 3 && short.bytes().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_every_casing() {
        let mut vocabulary = Vocabulary::default();
        let mut words = |name| -> Vec<String> {
            let words = vocabulary.words(name);
            words.into_iter().map(|word| vocabulary.text(word).to_owned()).collect()
        };
        for name in ["wantEmessageTypes", "want_emessage_types", "WANT_EMESSAGE_TYPES", "WantEmessageTypes"] {
            assert_eq!(words(name), ["want", "emessage", "types"], "{name}");
        }
        assert_eq!(words("HTMLParser2"), ["html", "parser2"]);
        assert_eq!(words("__x"), ["x"]);
    }

    #[test]
    fn a_substitution_is_what_differs_in_place() {
        let mut vocabulary = Vocabulary::default();
        let mut between = |old, new| {
            let (old, new) = (vocabulary.words(old), vocabulary.words(new));
            vocabulary.substitution(&old, &new).map(|found| vocabulary.texts(&found))
        };
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
        let rule = Substitution { from: vocabulary.words("zip"), to: vocabulary.words("postal") };
        let name = vocabulary.words("shippingZipCodeRules");
        let made = vocabulary.words("shippingPostalCodeRule");
        assert_eq!(vocabulary.apply(&rule, &name), Some(made));
    }

    #[test]
    fn likeness_knows_plurals_and_abbreviations() {
        let mut vocabulary = Vocabulary::default();
        let mut likeness = |old, new| {
            let (old, new) = (vocabulary.words(old), vocabulary.words(new));
            vocabulary.likeness(&old, &new)
        };
        assert!(likeness("emessage_payload", "emsg_payload") > 0.85);
        assert!(likeness("copy", "copies") > 0.85);
        assert!(likeness("want_emessage_types", "want_messages") < 0.5);
        assert!(likeness("fax", "openingHours") < 0.01);
    }
}
