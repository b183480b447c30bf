//! Whether a constant value fits a type (specification, sections 3.5 to 3.12, literal input coercion).

use hashbrown::{HashMap, HashSet};

use crate::ast::{TypeKind, Value, ValueKind};
use crate::schema::{InputValueId, Schema, TypeId, TypeRef};
use crate::source::Span;
use crate::suggestion::Suggestions;
use crate::value;

/// A value that does not fit.
pub(super) struct Misfit {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// Judges values; remembers what it learns of the types.
pub(super) struct Judge<'s, 'a> {
    schema: &'s Schema<'a>,
    /// The fields that must be given, of each input object that a value was judged against.
    required: HashMap<TypeId, Vec<InputValueId>>,
    suggestions: Suggestions,
    misfits: Vec<Misfit>,
}

impl<'s, 'a> Judge<'s, 'a> {
    pub(super) fn new(schema: &'s Schema<'a>) -> Self {
        Judge { schema, required: HashMap::new(), suggestions: Suggestions::new(), misfits: Vec::new() }
    }

    /// What does not fit in a value, from the outside in.
    pub(super) fn misfits(&mut self, value: &Value<'_>, ty: TypeRef) -> Vec<Misfit> {
        self.judge(value, ty);
        std::mem::take(&mut self.misfits)
    }

    /// The parser bounds how deep values nest.
    fn judge(&mut self, value: &Value<'_>, ty: TypeRef) {
        if matches!(value.kind, ValueKind::Null) {
            if ty.wrappers.is_non_null() {
                self.expected(value, ty);
            }
            return;
        }
        if ty.wrappers.is_list() {
            let item = TypeRef { wrappers: ty.wrappers.item(), ..ty };
            match value.kind {
                ValueKind::List(values) => values.iter().for_each(|value| self.judge(value, item)),
                // A single value stands for a list of one (section 3.12).
                _ => self.judge(value, item),
            }
            return;
        }
        let named = self.schema.ty(ty.named);
        let fits = match named.kind {
            TypeKind::Scalar => fits_scalar(value, named.name),
            TypeKind::Enum => match value.kind {
                ValueKind::Enum(name) => self.schema.enum_value_named(ty.named, name).is_some(),
                _ => false,
            },
            TypeKind::InputObject => match value.kind {
                ValueKind::Object(_) => return self.judge_object(value, ty.named),
                _ => false,
            },
            // That the type is no input type is told at the type.
            TypeKind::Object | TypeKind::Interface | TypeKind::Union => true,
        };
        if !fits {
            self.expected(value, ty);
        }
    }

    fn judge_object(&mut self, value: &Value<'_>, ty: TypeId) {
        let ValueKind::Object(fields) = value.kind else { return };
        let schema = self.schema;
        let name = schema.ty(ty).name;
        let mut given = HashSet::with_capacity(fields.len());
        for field in fields {
            if let Some(id) = schema.input_field_named(ty, field.name.text) {
                given.insert(id);
                self.judge(&field.value, schema.input_value(id).ty);
                continue;
            }
            let known = schema.input_fields_of(ty).map(|(_, field)| field.name);
            let close = self.suggestions.closest(field.name.text, known);
            let message = format!("{name} has no field {}", field.name.text);
            let help = close.map_or_else(|| "delete it".to_owned(), |close| format!("did you mean {close}?"));
            self.misfits.push(Misfit { span: field.span, message, help });
        }
        let required = self.required.entry(ty).or_insert_with(|| {
            schema.input_fields_of(ty).filter(|(_, field)| field.is_required()).map(|(id, _)| id).collect()
        });
        if let Some(&missing) = required.iter().find(|id| !given.contains(*id)) {
            let missing = schema.input_value(missing);
            let message = format!("{name}.{} must be given", missing.name);
            let help = format!("add {}: {}", missing.name, schema.type_text(missing.ty));
            self.misfits.push(Misfit { span: value.span, message, help });
        }
        let null = fields.iter().find(|field| matches!(field.value.kind, ValueKind::Null));
        if schema.ty(ty).is_one_of() && (fields.len() != 1 || null.is_some()) {
            let message = format!("{name} takes exactly one field, and not null");
            let help = "give one field, with a value".to_owned();
            self.misfits.push(Misfit { span: value.span, message, help });
        }
    }

    #[cold]
    fn expected(&mut self, value: &Value<'_>, ty: TypeRef) {
        let expected = self.schema.type_text(ty);
        let message = format!("expected {expected}, found {}", shortened(value));
        let help = match value.kind {
            ValueKind::Enum(name) if self.schema.ty(ty.named).kind == TypeKind::Enum => {
                let known = self.schema.enum_values_of(ty.named).map(|(_, value)| value.name);
                self.suggestions.closest(name, known).map(|close| format!("did you mean {close}?"))
            }
            ValueKind::String(string) if self.schema.ty(ty.named).kind == TypeKind::Enum => {
                let name = string.value();
                let known = self.schema.enum_value_named(ty.named, &name).is_some();
                known.then(|| format!("write it without quotes: {name}"))
            }
            _ => None,
        };
        let help = help.unwrap_or_else(|| "change the value, or the type".to_owned());
        self.misfits.push(Misfit { span: value.span, message, help });
    }
}

fn fits_scalar(value: &Value<'_>, name: &str) -> bool {
    match (name, value.kind) {
        ("Int", ValueKind::Int(text)) => text.parse::<i32>().is_ok(),
        ("Float", ValueKind::Int(text) | ValueKind::Float(text)) => {
            text.parse::<f64>().is_ok_and(f64::is_finite)
        }
        ("String" | "ID", ValueKind::String(_))
        | ("ID", ValueKind::Int(_))
        | ("Boolean", ValueKind::Boolean(_)) => true,
        // What a custom scalar takes only the service knows.
        (name, _) => !matches!(name, "Int" | "Float" | "String" | "Boolean" | "ID"),
    }
}

/// A value in the length of a message.
fn shortened(value: &Value<'_>) -> String {
    const LENGTH: usize = 40;
    let text = value::write(value);
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
