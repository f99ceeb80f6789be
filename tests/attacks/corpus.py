"""All attacks, and harmless strategies of the same look."""

from collections import Counter

from attacks import (
    attribute_texts,
    definition_time,
    denial,
    escapes,
    expression_engines,
    firing_objects,
    forging,
    introspection,
    library_files,
    made_imports,
    package_attributes,
    secrets_and_neighbours,
    source_tricks,
)

_CODE = (
    package_attributes,
    made_imports,
    library_files,
    expression_engines,
    introspection,
    attribute_texts,
    definition_time,
    firing_objects,
    source_tricks,
)
_SYSTEM = (denial, forging, secrets_and_neighbours, escapes)
ON_CODE = [attack for module in _CODE for attack in module.ATTACKS]
ON_SYSTEM = [attack for module in _SYSTEM for attack in module.ATTACKS]
ATTACKS = [*ON_CODE, *ON_SYSTEM]
FAMILIES = Counter(attack.family for attack in ATTACKS)
