/** The kernel of the tests: the interpreter with the libraries that notebooks use. */
const KERNEL = {
  name: 'cookhouse-notebooks',
  display_name: 'Cookhouse notebooks',
  language: 'python'
};

/** What a written notebook differs in from the usual one. */
export interface INotebookOptions {
  /** False leaves the notebook without a kernel. */
  kernel?: boolean;
}

/** A notebook as people write it: code cells, and no word of Cookhouse in them. */
export function notebookOf(cells: readonly string[], { kernel = true }: INotebookOptions = {}) {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: kernel ? { kernelspec: KERNEL } : {},
    cells: cells.map((source, index) => ({
      id: `cell-${index + 1}`,
      cell_type: 'code',
      metadata: {},
      source,
      outputs: [],
      execution_count: null
    }))
  };
}

/** A CSV of buyers with categories and missing values, the same in every run. */
export function people(rows: number): string {
  const cities = ['Basel', 'Oslo', 'Turin'];
  const lines = Array.from({ length: rows }, (_, index) => {
    const age = 18 + ((index * 37) % 60);
    const visits = (index * 7) % 23;
    const bought = age / 78 + visits / 23 + ((index * 13) % 10) / 20 > 1.2 ? 1 : 0;
    return [index % 11 ? age : '', index % 7 ? cities[index % 3] : '', visits, bought].join();
  });
  return ['age,city,visits,bought', ...lines, ''].join('\n');
}

/** A notebook that learns from such a CSV beside it. */
export function peopleCells(csv: string): string[] {
  return [
    [
      'import pandas as pd',
      'from sklearn.linear_model import LogisticRegression',
      'from sklearn.metrics import accuracy_score',
      'from sklearn.model_selection import train_test_split'
    ].join('\n'),
    `df = pd.read_csv('${csv}')\ndf.head()`,
    "df['age'] = df['age'].fillna(df['age'].median())\ndf['city'] = df['city'].fillna('none')",
    "X = pd.get_dummies(df.drop(columns='bought'))\ny = df['bought']",
    'X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=0)',
    'model = LogisticRegression(C=0.5, max_iter=500)\nmodel.fit(X_train, y_train)',
    'print(accuracy_score(y_test, model.predict(X_test)))'
  ];
}
