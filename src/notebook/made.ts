import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { QueryObserver, type QueryObserverOptions } from '@tanstack/react-query';

import type { Message } from '../border/request';
import type { IBorder } from '../border/tokens';
import { modelOf, recipeOf } from './api';

interface IPlace {
  path: string;
  recipe: string | null;
  model: string | null;
}

/** Follows the recipe and the model that were made of a notebook. */
export class Made implements IDisposable {
  constructor(
    private readonly border: IBorder,
    private readonly place: () => IPlace
  ) {
    this.recipes = new QueryObserver(border.queries, this.recipeQuery());
    this.models = new QueryObserver(border.queries, this.modelQuery());
    this.stop = [
      this.recipes.subscribe(() => this.onRecipe()),
      this.models.subscribe(() => this.changed.emit())
    ];
  }

  readonly changed = new Signal<this, void>(this);
  isDisposed = false;

  get recipe(): Message<'RecipeSummary'> | null {
    return this.recipes.getCurrentResult().data ?? null;
  }

  get model(): Message<'Model'> | null {
    return this.recipe ? (this.models.getCurrentResult().data ?? null) : null;
  }

  /** Look again after the notebook was moved or remembers another recipe. */
  look(): void {
    this.recipes.setOptions(this.recipeQuery());
    this.models.setOptions(this.modelQuery());
  }

  dispose(): void {
    if (!this.isDisposed) {
      this.isDisposed = true;
      this.stop.forEach(stop => stop());
      Signal.clearData(this);
    }
  }

  private onRecipe(): void {
    this.models.setOptions(this.modelQuery());
    this.changed.emit();
  }

  private recipeQuery(): QueryObserverOptions<Message<'RecipeSummary'> | null> {
    const { path, recipe } = this.place();
    return {
      queryKey: ['recipes', 'of-notebook', path, recipe],
      queryFn: () => recipeOf(this.border.request, path, recipe)
    };
  }

  private modelQuery(): QueryObserverOptions<Message<'Model'> | null> {
    const recipe = this.recipe?.name ?? '';
    const { model } = this.place();
    return {
      queryKey: ['models', 'of-recipe', recipe, model],
      queryFn: () => modelOf(this.border.request, recipe, model),
      enabled: recipe !== ''
    };
  }

  private readonly recipes: QueryObserver<Message<'RecipeSummary'> | null>;
  private readonly models: QueryObserver<Message<'Model'> | null>;
  private readonly stop: (() => void)[];
}
