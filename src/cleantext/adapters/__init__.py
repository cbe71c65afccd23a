"""The cleaner as a step of other people's engines: one module an engine, which is imported only where its module is used.

================================  ===============================================================================
module                            gives
================================  ===============================================================================
:mod:`cleantext.adapters.ray_data`      ``clean_dataset``: Ray Data, ``map_batches``
:mod:`cleantext.adapters.spark`         ``clean_dataframe``: Spark, ``mapInArrow``
:mod:`cleantext.adapters.datasets`      ``clean_dataset``: Hugging Face datasets, ``map``
:mod:`cleantext.adapters.polars`        ``clean_frame``: eager and lazy frames
:mod:`cleantext.adapters.pandas`        ``clean_frame``
:mod:`cleantext.adapters.duckdb`        ``register``: SQL functions on Arrow vectors
:mod:`cleantext.adapters.datatrove`     ``CleanText``: a pipeline step
:mod:`cleantext.adapters.langchain`     ``CleanText``: a document transformer
:mod:`cleantext.adapters.llama_index`   ``CleanText``: a transform component
:mod:`cleantext.adapters.nemo_curator`  ``CleanText``: a modifier
:mod:`cleantext.adapters.dolma`         ``CleanTextTagger``: a tagger of spans
================================  ===============================================================================

Engines that hold text in columns run :class:`cleantext.arrow.ArrowCleaner`, the others hand over batches of strings; either way
the text is the one that ``Cleaner()`` gives.
"""

__all__ = ()
