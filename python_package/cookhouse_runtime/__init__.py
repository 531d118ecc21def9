"""The runtime of recipes: runs an author's statements to train, and again to serve new rows.

Vendored into each recipe as `_runtime`; imports only the standard library by itself. pandas and
numpy are there where the recipe's own statements use them, pyarrow and skops come from an overlay
folder that joins `sys.path` after the author's imports.

    recipe = Recipe.open(folder)
    model = recipe.train({"C": 0.5})
    model.save(model_folder)
    TrainedModel.load(folder, model_folder).predict(rows)
"""

from .failure import CannotServe, RecipeError
from .recipe import Recipe
from .trained import TrainedModel

__all__ = ["CannotServe", "Recipe", "RecipeError", "TrainedModel"]
