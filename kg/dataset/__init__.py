"""What the verbs make: builds, links across reports, curation, exports, publishing, evaluation."""
