import { BasicKeyHandler, BasicMouseHandler, DataGrid, TextRenderer } from '@lumino/datagrid';

import { type IGridColumn, PagedModel, textOf } from './grid-model';
import type { Row } from './paging';
import { themeValue } from './theme';

/** Adds to the stock handler that a click on a header asks for a sort. */
class HeaderClicks extends BasicMouseHandler {
  constructor(private readonly onHeader: (column: string) => void) {
    super();
  }

  onMouseDown(grid: DataGrid, event: MouseEvent): void {
    this.pressed = [event.clientX, event.clientY];
    super.onMouseDown(grid, event);
  }

  onMouseUp(grid: DataGrid, event: MouseEvent): void {
    super.onMouseUp(grid, event);
    const hit = grid.hitTest(event.clientX, event.clientY);
    const model = grid.dataModel;
    const [x, y] = this.pressed;
    // A column that was dragged wider is no click.
    const still = Math.abs(x - event.clientX) < 3 && Math.abs(y - event.clientY) < 3;
    const resizing = hit.x < 4 || hit.width - hit.x < 4;
    if (hit.region === 'column-header' && still && !resizing && model instanceof PagedModel) {
      this.onHeader(model.nameOf(hit.column));
    }
  }

  private pressed = [0, 0];
}

const LETTER = 7;
const NARROWEST = 72;
const WIDEST = 280;

/** A grid of the Lab's look; a click on a header tells its column. */
export function makeGrid(onHeader: (column: string) => void): DataGrid {
  const grid = new DataGrid({
    defaultSizes: { rowHeight: 24, columnWidth: 144, rowHeaderWidth: 64, columnHeaderHeight: 26 }
  });
  grid.addClass('ck-DataGrid');
  grid.keyHandler = new BasicKeyHandler();
  grid.mouseHandler = new HeaderClicks(onHeader);
  grid.copyConfig = {
    separator: '\t',
    headers: 'column',
    warningThreshold: 1e6,
    format: ({ value }) => textOf(value)
  };
  paint(grid);
  return grid;
}

/** Make columns as wide as their names and first values need, within bounds. */
export function fitColumns(
  grid: DataGrid,
  columns: readonly IGridColumn[],
  rows: readonly Row[]
): void {
  const sample = rows.slice(0, 30);
  columns.forEach((column, index) => {
    const lengths = sample.map(row => textOf(row[index]).length);
    const letters = Math.max(column.name.length + 2, ...lengths);
    const width = letters * LETTER + 24;
    grid.resizeColumn('body', index, Math.min(Math.max(width, NARROWEST), WIDEST));
  });
}

/** Take over the colours and fonts of the theme. */
export function paint(grid: DataGrid): void {
  const colour = themeValue('--jp-ui-font-color0', 'black');
  const muted = themeValue('--jp-ui-font-color2', 'gray');
  const back = themeValue('--jp-layout-color1', 'white');
  const head = themeValue('--jp-layout-color2', 'lightgray');
  const line = themeValue('--jp-border-color3', 'lightgray');
  const brand = themeValue('--jp-brand-color1', 'blue');
  const chosen = themeValue('--jp-brand-color3', 'lightblue');
  grid.style = {
    ...DataGrid.defaultStyle,
    voidColor: back,
    backgroundColor: back,
    gridLineColor: line,
    headerBackgroundColor: head,
    headerGridLineColor: line,
    selectionFillColor: translucent(chosen),
    selectionBorderColor: brand,
    cursorFillColor: translucent(chosen),
    cursorBorderColor: brand,
    headerSelectionFillColor: translucent(chosen),
    headerSelectionBorderColor: brand
  };
  const font = `${themeValue('--jp-ui-font-size1', '13px')} ${themeValue('--jp-ui-font-family')}`;
  const numeric = /^(u?int|float|double|decimal|long|short|byte)/i;
  const body = new TextRenderer({
    font,
    textColor: ({ value }) => (value === null ? muted : colour),
    horizontalAlignment: ({ metadata }) => (numeric.test(String(metadata.type)) ? 'right' : 'left'),
    format: ({ value }) => textOf(value)
  });
  const header = new TextRenderer({ font: `600 ${font}`, textColor: colour, format: plain });
  const side = new TextRenderer({ font, textColor: muted, horizontalAlignment: 'right' });
  grid.cellRenderers.update({
    body,
    'column-header': header,
    'row-header': side,
    'corner-header': header
  });
}

function plain({ value }: { value: unknown }): string {
  return String(value);
}

/** A theme's colour (hex or in any other form of CSS) that lets the cells shine through. */
function translucent(colour: string): string {
  return `color-mix(in srgb, ${colour} 35%, transparent)`;
}
