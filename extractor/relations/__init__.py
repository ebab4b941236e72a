"""From mentions to relations: masked sentences, facts, discourse, assembly."""
