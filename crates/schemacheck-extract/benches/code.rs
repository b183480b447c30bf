//! Code of clients beside the least that any reader of files has to do.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement reads files and fails where it cannot go on"
)]

use std::fmt::Write;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use schemacheck_extract::{CodeFile, CodeOptions, Read, detect, extract};

/// So many files has the project; three of ten hold a document.
const FILES: usize = 10_000;

/// A component of a client: types, functions, elements of the page, and in some of them a document.
fn component(number: usize) -> String {
    let mut text = format!(
        "import {{useState}} from \"react\";\nimport {{Card{0}}} from \"../parts/card{0}\";\n",
        number % 97
    );
    if number % 10 < 3 {
        let fragment = number % 10 == 2;
        let spread =
            if fragment { format!("...Thread{number}") } else { "id title author { name }".to_owned() };
        write!(text, "import {{gql}} from \"@apollo/client\";\n\n").unwrap();
        if fragment {
            writeln!(
                text,
                "const THREAD = gql`fragment Thread{number} on Thread {{ id title author {{ name }} }}`;"
            )
            .unwrap();
        }
        let part = if fragment { "\n  ${THREAD}" } else { "" };
        write!(
            text,
            "export const BOARD = gql`\n  query Board{number}($id: ID!, $first: Int = 20) {{\n    board(id: $id) {{\n      id\n      \
             threads(first: $first, order: {{by: CREATED, direction: DESC}}) {{\n        nodes {{ {spread} }}\n        \
             pageInfo {{ hasNextPage endCursor }}\n      }}\n    }}\n  }}{part}\n`;\n"
        )
        .unwrap();
    }
    for function in 0..4 + number % 23 {
        write!(
            text,
            "\n/** What a row of the table shows; don't call it for each of them. */\nexport function row{function}(items: \
             Array<{{id: string; price: number}}>, label = 'Total'): string {{\n  const [open, setOpen] = useState<boolean>(false);\n  \
             const sum = items.filter((item) => item.price / 2 > 10).reduce((all, item) => all + item.price, 0);\n  if \
             (!/^[a-z\"']+$/.test(label)) throw new Error(`${{label}} of ${{items.length}} items`);\n  return open ? \
             `${{label}}: ${{sum.toFixed(2)}}` : \"…\";\n}}\n"
        )
        .unwrap();
    }
    text
}

/// The files of the project, written below `target`.
fn project() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench-code");
    let files: Vec<PathBuf> =
        (0..FILES).map(|number| root.join(format!("part{}/component{number}.ts", number % 100))).collect();
    for (number, file) in files.iter().enumerate() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, component(number)).unwrap();
    }
    files
}

/// Reads the files, one after the other.
fn read(files: &[PathBuf]) -> Vec<String> {
    files.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
}

fn code(criterion: &mut Criterion) {
    let paths = project();
    let texts = read(&paths);
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let files: Vec<CodeFile<'_>> = names
        .iter()
        .zip(&texts)
        .map(|(path, text)| {
            let Read::Code(language) = detect(path, text).unwrap().read else { panic!("{path} is code") };
            CodeFile { path, text, language }
        })
        .collect();
    let mut group = criterion.benchmark_group("code");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("read the files", |bencher| {
        bencher.iter(|| black_box(read(&paths).len()));
    });
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            let extracted = extract(&files, &CodeOptions::default());
            assert_eq!((extracted.documents.len(), extracted.unresolved.len()), (FILES * 4 / 10, 0));
        });
    });
    group.finish();
}

criterion_group!(benches, code);
criterion_main!(benches);
