"""The sample round that lies in the repository: what its register says and what its partnerships answer."""
