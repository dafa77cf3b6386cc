"""What can go wrong with the language model.

NluError
├── ModelMissing         the folder or one of its files is not there
├── ModelDamaged         a file is there but is not what the training wrote
├── SegmenterMismatch    another underthesea is installed than the model was trained with
└── TrainingDataFault    the sentences cannot be trained on
"""


class NluError(Exception):
    """The base of all errors of this package."""


class ModelDamaged(NluError):
    """A file of the model is not what the training wrote."""


class ModelMissing(ModelDamaged):
    """The model folder, or a file of it, is not there."""


class SegmenterMismatch(NluError):
    """The installed underthesea is not the one that the model was trained with."""


class TrainingDataFault(NluError):
    """The training sentences cannot be used; the message names the file."""
