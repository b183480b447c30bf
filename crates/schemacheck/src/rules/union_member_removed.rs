use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};

rule! {
    /// A union has one type less.
    ///
    /// **Why it breaks.** A fragment on that type inside the union is rejected, and the client never meets it again. A
    /// fragment on the union stays valid where other types may stand, and this one is answered without what it selects.
    /// **What to do.** Keep the type in the union and return none of it, until no stored operation has a fragment on it.
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
    /// type Video {
    ///   url: String
    /// }
    /// ```
    /// ```graphql operation
    /// { media { ... on Video { url } } }
    /// ```
    /// ```text report
    /// breaking union-member-removed Media (Video)
    /// broken possible-fragment-spreads
    /// ```
    severity: Breaking,
    breaks: [Document, Response],
    spec: "#sec-Fragment-Spread-Is-Possible",
    since: "0.1.0",
    graphql_js: Some("TYPE_REMOVED_FROM_UNION"),
    graphql_inspector: Some("UNION_MEMBER_REMOVED"),
    on: UnionMember,
}

fn check(member: Pair<MembershipElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Removed(old) = member {
        let (union, other) = (old.ty().name, old.other().name);
        findings.add(
            format_args!(
                "{union} no longer has {other}; a fragment from one to the other is rejected or selects less"
            ),
            "",
        );
    }
}
