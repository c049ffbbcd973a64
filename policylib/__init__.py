"""policylib: policy documents, their numbers, their citations, their interpretations, and the rules that bind them."""
from policylib.extract import analyse, analyse_text
from policylib.readers import read
