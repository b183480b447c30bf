//! The definitions of a schema as text, in the usual form: one field a line, descriptions in blocks, definitions in
//! their order.

use crate::ast::{
    Definition, Directive, DirectiveDefinition, Document, InputValueDefinition, SchemaDefinition,
    StringValue, TypeDefinition,
};
use crate::lexer::block_string_value;
use crate::value;

/// Writes the type system definitions and extensions of a document; operations and fragments are left out.
pub fn print(document: &Document<'_>) -> String {
    let mut text = String::new();
    for definition in document.definitions {
        let before = text.len();
        match definition {
            Definition::Schema(schema) => write_schema(&mut text, schema),
            Definition::Type(ty) => write_type(&mut text, ty),
            Definition::Directive(directive) => write_directive(&mut text, directive),
            Definition::Operation(_) | Definition::Fragment(_) => continue,
        }
        if before > 0 {
            text.insert(before, '\n');
        }
        text.push('\n');
    }
    text
}

fn write_schema(text: &mut String, schema: &SchemaDefinition<'_>) {
    write_description(text, schema.description, "");
    text.push_str(if schema.extend { "extend schema" } else { "schema" });
    write_directives(text, schema.directives);
    let roots = schema.operation_types.iter().map(|root| format!("{}: {}", root.kind.name(), root.ty.text));
    write_block(text, roots, |text, root| text.push_str(&root));
}

fn write_type(text: &mut String, ty: &TypeDefinition<'_>) {
    write_description(text, ty.description, "");
    if ty.extend {
        text.push_str("extend ");
    }
    text.push_str(ty.kind.keyword());
    text.push(' ');
    text.push_str(ty.name.text);
    write_list(text, " implements ", " & ", ty.interfaces.iter().map(|name| name.text));
    write_directives(text, ty.directives);
    write_list(text, " = ", " | ", ty.members.iter().map(|name| name.text));
    write_block(text, ty.fields, |text, field| {
        write_description(text, field.description, "  ");
        text.push_str(field.name.text);
        write_arguments(text, field.arguments, "  ");
        text.push_str(": ");
        text.push_str(&field.ty.wrappers.write(field.ty.name.text));
        write_directives(text, field.directives);
    });
    write_block(text, ty.input_fields, |text, field| write_input_value(text, field, "  "));
    write_block(text, ty.values, |text, value| {
        write_description(text, value.description, "  ");
        text.push_str(value.name.text);
        write_directives(text, value.directives);
    });
}

fn write_directive(text: &mut String, directive: &DirectiveDefinition<'_>) {
    write_description(text, directive.description, "");
    text.push_str("directive @");
    text.push_str(directive.name.text);
    write_arguments(text, directive.arguments, "");
    if directive.repeatable {
        text.push_str(" repeatable");
    }
    write_list(text, " on ", " | ", directive.locations.iter().map(|location| location.name()));
}

/// In one line, unless one of them has a description.
fn write_arguments(text: &mut String, arguments: &[InputValueDefinition<'_>], indent: &str) {
    if arguments.is_empty() {
        return;
    }
    let inner = format!("{indent}  ");
    let apart = arguments.iter().any(|argument| argument.description.is_some());
    text.push('(');
    for (at, argument) in arguments.iter().enumerate() {
        if apart {
            text.push('\n');
            text.push_str(&inner);
        } else if at > 0 {
            text.push_str(", ");
        }
        write_input_value(text, argument, &inner);
    }
    if apart {
        text.push('\n');
        text.push_str(indent);
    }
    text.push(')');
}

fn write_input_value(text: &mut String, input: &InputValueDefinition<'_>, indent: &str) {
    write_description(text, input.description, indent);
    text.push_str(input.name.text);
    text.push_str(": ");
    text.push_str(&input.ty.wrappers.write(input.ty.name.text));
    if let Some(default) = &input.default {
        text.push_str(" = ");
        text.push_str(&value::write(default));
    }
    write_directives(text, input.directives);
}

fn write_directives(text: &mut String, directives: &[Directive<'_>]) {
    for directive in directives {
        text.push_str(" @");
        text.push_str(directive.name.text);
        let arguments = directive.arguments.iter();
        let arguments: Vec<String> = arguments
            .map(|argument| format!("{}: {}", argument.name.text, value::write(&argument.value)))
            .collect();
        if !arguments.is_empty() {
            text.push('(');
            text.push_str(&arguments.join(", "));
            text.push(')');
        }
    }
}

fn write_list<'a>(text: &mut String, before: &str, between: &str, entries: impl Iterator<Item = &'a str>) {
    for (at, entry) in entries.enumerate() {
        text.push_str(if at == 0 { before } else { between });
        text.push_str(entry);
    }
}

fn write_block<T>(text: &mut String, entries: impl IntoIterator<Item = T>, write: impl Fn(&mut String, T)) {
    let mut open = false;
    for entry in entries {
        text.push_str(if open { "\n  " } else { " {\n  " });
        write(text, entry);
        open = true;
    }
    if open {
        text.push_str("\n}");
    }
}

/// A description in a block; in plain quotes where a block cannot say the same.
fn write_description(text: &mut String, description: Option<StringValue<'_>>, indent: &str) {
    let Some(description) = description else { return };
    let value = description.value();
    let escaped = value.replace("\"\"\"", "\\\"\"\"");
    let block = if value.contains('\n') || value.ends_with(['"', '\\']) || value.len() > 70 {
        let mut block = String::new();
        for line in escaped.split('\n') {
            block.push('\n');
            if !line.is_empty() {
                block.push_str(indent);
                block.push_str(line);
            }
        }
        format!("{block}\n{indent}")
    } else {
        escaped
    };
    let plain = |char: char| !char.is_control() || matches!(char, '\n' | '\t');
    if value.chars().all(plain) && block_string_value(&block) == value {
        text.push_str("\"\"\"");
        text.push_str(&block);
        text.push_str("\"\"\"");
    } else {
        text.push_str(&serde_json::Value::from(value.as_ref()).to_string());
    }
    text.push('\n');
    text.push_str(indent);
}
