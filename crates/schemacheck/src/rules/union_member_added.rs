use super::{Context, Findings};
use crate::element::{MembershipElement, Pair};

rule! {
    /// A union has one type more.
    ///
    /// **Why it may hurt.** A client that handles each type it knows gets an object without the fields that it selects for
    /// the others.
    /// **What to do.** Return the type only to clients that know it, or make sure that clients have a case for unknown
    /// types.
    ///
    /// ```graphql old
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
    /// ```graphql new
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
    /// ```text report
    /// dangerous union-member-added Media (Video)
    /// ```
    severity: Dangerous,
    breaks: [Response],
    spec: "#sec-Unions",
    since: "0.1.0",
    graphql_js: Some("TYPE_ADDED_TO_UNION"),
    graphql_inspector: Some("UNION_MEMBER_ADDED"),
    on: UnionMember,
}

fn check(member: Pair<MembershipElement<'_>>, _: &Context<'_, '_>, findings: &mut Findings) {
    if let Pair::Added(new) = member {
        let (union, other) = (new.ty().name, new.other().name);
        findings.add(format_args!("{union} may be {other} now; clients may not expect it in answers"), "");
    }
}
