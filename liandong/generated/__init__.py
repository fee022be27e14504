"""Files that are made from models and data: schemas, AsyncAPI, diagrams, boundaries."""
