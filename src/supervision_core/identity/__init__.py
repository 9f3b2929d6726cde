"""用户和组织机构: users, departments, regions, roles, permissions and data scope.

The frame of every command stands here too.
"""
