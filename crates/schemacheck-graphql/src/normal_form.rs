//! What makes two texts the same: blanks, line ends, commas and comments mean nothing, literals do (specification,
//! section 2.1.8).

use crate::lexer::{Lexer, TokenKind};
use crate::source::has_hole;

/// The tokens of a text, each followed by a zero byte: equal for texts that differ only in what means nothing. What is no
/// GraphQL is compared to the letter, behind a zero byte of its own.
pub fn normal_form(text: &str) -> Vec<u8> {
    let mut normal = Vec::with_capacity(text.len());
    let mut lexer = Lexer::new(text, 0).with_holes(has_hole(text));
    loop {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::EndOfFile => return normal,
            TokenKind::Invalid => return [&[0], text.as_bytes()].concat(),
            _ => {
                normal.extend_from_slice(&text.as_bytes()[token.start as usize..token.end as usize]);
                // No token holds a zero byte, so tokens cannot run into one another.
                normal.push(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_makes_no_difference_and_literals_do() {
        let same =
            ["{a(x:1,y:\"b c\")}", "\u{FEFF}{ a(x: 1 y: \"b c\") }", "# id 7\n{\r\n  a(x:1 , y:\"b c\") }"];
        assert!(same.iter().all(|text| normal_form(text) == normal_form(same[0])));
        let others = [
            "{a(x:2,y:\"b c\")}",
            "{a(x:1,y:\"b  c\")}",
            "{a(x:1,y:\"\"\"b c\"\"\")}",
            "{b(x:1,y:\"b c\")}",
            "{a(x:1,y:\"b c\")b}",
        ];
        assert!(others.iter().all(|text| normal_form(text) != normal_form(same[0])));
        assert_ne!(normal_form("{ a b }"), normal_form("{ ab }"));
        assert_ne!(normal_form("{ a ' b }"), normal_form("{ a '  b }"));
    }
}
