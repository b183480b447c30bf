use super::{Context, Findings};
use crate::element::{Pair, TypeElement};

rule! {
    /// A type no longer exists.
    ///
    /// **Why it breaks.** Operations that name it in a fragment or as the type of a variable are rejected. A client that
    /// knows its `__typename` never meets it again.
    /// **What to do.** Keep the type until no stored operation names it; what leads to it can be deprecated meanwhile.
    ///
    /// ```graphql old
    /// type Query {
    ///   media: Media
    /// }
    /// union Media = Photo | Video
    /// type Photo {
    ///   url: String
    /// }
    /// type Video {
    ///   url: String
    /// }
    /// ```
    /// ```graphql new
    /// type Query {
    ///   media: Media
    /// }
    /// union Media = Photo
    /// type Photo {
    ///   url: String
    /// }
    /// ```
    /// ```graphql operation
    /// { media { ... on Video { url } } }
    /// ```
    /// ```text report
    /// breaking type-removed Video
    /// breaking union-member-removed Media (Video)
    /// broken known-type-names
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Fragment-Spread-Type-Existence",
    since: "0.1.0",
    graphql_js: Some("TYPE_REMOVED"),
    graphql_inspector: Some("TYPE_REMOVED"),
    on: Type,
}

fn check(ty: Pair<TypeElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = ty {
        findings.add(
            format_args!("{} was removed; operations that name it are rejected", old.name),
            old.kind.name(),
        );
    }
}
