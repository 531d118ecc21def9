"""What estimators say: predictions and, for two classes, the probability of the second."""

from __future__ import annotations

from typing import Any

_BY_HIGHEST_PROBABILITY = frozenset(
    {
        ("sklearn.ensemble._forest", "RandomForestClassifier"),
        ("sklearn.ensemble._forest", "ExtraTreesClassifier"),
        ("sklearn.tree._classes", "DecisionTreeClassifier"),
        ("sklearn.tree._classes", "ExtraTreeClassifier"),
    }
)


def classes_of(estimator: Any) -> list[Any] | None:
    """Return the classes of a fitted classifier, None for anything else."""
    classes = getattr(estimator, "classes_", None)
    if classes is None or getattr(classes, "ndim", 1) != 1 or not hasattr(estimator, "predict"):
        return None
    return list(classes.tolist()) if hasattr(classes, "tolist") else list(classes)


def is_binary(estimator: Any) -> bool:
    """Tell whether the estimator gives a probability for one of two classes."""
    classes = classes_of(estimator)
    if classes is None or len(classes) != 2:
        return False
    return hasattr(estimator, "predict_proba")


def predictions(estimator: Any, features: Any, labels: bool, probability: bool) -> tuple[Any, Any]:
    """Return predicted values and probabilities of the second class, None where not asked for.

    A pipeline's steps before the last run once for both; a forest's labels are the classes of
    highest probability, as in its own `predict`.
    """
    if not probability:
        return (estimator.predict(features) if labels else None), None
    if type(estimator).__module__ == "sklearn.pipeline" and type(estimator).__name__ == "Pipeline":
        *before, (_, last) = estimator.steps
        if labels and all(hasattr(step, "transform") for _, step in before):
            for _, step in before:
                features = step.transform(features)
            return predictions(last, features, labels, probability)
    chances = estimator.predict_proba(features)
    second = chances[:, 1]
    if not labels:
        return None, second
    kind = (type(estimator).__module__, type(estimator).__name__)
    if kind in _BY_HIGHEST_PROBABILITY:
        return estimator.classes_.take(chances.argmax(axis=1), axis=0), second
    return estimator.predict(features), second
