//! Introspection results as schema texts (specification, section 4).
